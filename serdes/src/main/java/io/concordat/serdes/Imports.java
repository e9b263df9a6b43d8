package io.concordat.serdes;

import io.concordat.api.LookupOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.format.ImportingSchema;
import io.concordat.api.format.ImportingSchema.Import;
import io.concordat.api.format.ParsedSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gets what a schema imports registered before the schema itself, each after what it imports in turn. For one schema. */
final class Imports {
    private final Registry registry;
    private final Subject importing;
    private final SchemaSource source;
    private final SchemaSource lookUp;
    private final Map<String, SchemaReference> known = new HashMap<>();

    private Imports(Registry registry, Subject importing, SchemaSource source) {
        this.registry = registry;
        this.importing = importing;
        this.source = source;
        this.lookUp = new SchemaSource(false, source.normalize(), source.propagateTags(), source.spelling());
    }

    /**
     * The schema with references to all that it imports.
     *
     * @param importing the subject of the schema: its imports are registered in its context
     * @param source whether they are registered, or must be there
     */
    static ParsedSchema referredTo(ParsedSchema schema, Registry registry, Subject importing, SchemaSource source) {
        return schema instanceof ImportingSchema own && !own.imports().isEmpty()
                ? new Imports(registry, importing, source).referredTo(own)
                : schema;
    }

    private ImportingSchema referredTo(ImportingSchema schema) {
        if (schema.imports().isEmpty()) {
            return schema;
        }
        List<SchemaReference> references = new ArrayList<>();
        for (Import imported : schema.imports()) {
            SchemaReference reference = known.get(imported.name());
            if (reference == null) {
                reference = reference(imported);
                known.put(imported.name(), reference);
            }
            references.add(reference);
        }
        return schema.withReferences(references);
    }

    private SchemaReference reference(Import imported) {
        Subject subject = new Subject(importing.context(), imported.subject());
        ImportingSchema schema = referredTo(imported.schema());
        RegisteredSchema registered =
                (imported.mustBeRegistered() ? lookUp : source).ask(registry, subject, schema.content());
        int version = registered.version() > 0 ? registered.version() : version(subject, schema);
        return new SchemaReference(imported.name(), imported.subject(), version);
    }

    /** Some registries answer with an id only. */
    private int version(Subject subject, ImportingSchema schema) {
        return registry.lookUp(subject, schema.content(), new LookupOptions(source.normalize(), false))
                .version();
    }
}
