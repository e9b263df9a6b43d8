package io.concordat.client;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Understands schemas with whatever languages are on the class path, and looks up what they refer to. */
final class SchemaParser {
    private final Registry registry;
    private final Map<SchemaType, SchemaFormat> formats = new LinkedHashMap<>();

    SchemaParser(Registry registry) {
        this.registry = registry;
        discover(SchemaParser.class.getClassLoader());
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            discover(context);
        }
    }

    private void discover(ClassLoader loader) {
        ServiceLoader.load(SchemaFormat.class, loader).forEach(format -> formats.putIfAbsent(format.type(), format));
    }

    /**
     * Understands a schema.
     *
     * @throws InvalidSchemaException also if its language is not on the class path
     */
    ParsedSchema parse(SchemaContent schema, Context context) {
        SchemaFormat format = formats.get(schema.type());
        if (format == null) {
            throw new InvalidSchemaException("schemas of type " + schema.type()
                    + " are not understood here; add the artifact of that language to the class path");
        }
        return format.parse(schema, references -> resolve(Subject.all(context), references), Strictness.LENIENT);
    }

    private List<Resolved> resolve(Subject referring, List<SchemaReference> references) {
        Map<String, Resolved> resolved = new LinkedHashMap<>();
        collect(referring, references, resolved, new HashSet<>());
        return new ArrayList<>(resolved.values());
    }

    private void collect(
            Subject referring, List<SchemaReference> references, Map<String, Resolved> resolved, Set<String> under) {
        for (SchemaReference reference : references) {
            if (resolved.containsKey(reference.name()) || !under.add(reference.name())) {
                continue;
            }
            RegisteredSchema found =
                    registry.version(referring.resolve(reference.subject()), VersionSpec.of(reference.version()));
            collect(found.subject(), found.content().references(), resolved, under);
            resolved.put(reference.name(), new Resolved(reference.name(), found.content()));
        }
    }
}
