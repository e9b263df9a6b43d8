package io.concordat.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON, as far as serializers need it: JSON in UTF-8, written and read by Jackson.
 *
 * <p>Values are maps, {@code JsonNode}s, objects of Java classes and records, texts, numbers and truth values. Their schema is
 * the one they bring along ({@link JsonEnvelope}), the one their class is annotated with ({@link Schema}), or one that is derived
 * from their class. They are read into maps and lists, into a class that a setting names, or into the class that a schema
 * names, if a setting allows for that class or its package: of itself, no schema decides on what class is loaded.
 *
 * <p>The settings are those of JSON serializers elsewhere, {@code json.fail.invalid.schema} and so on.
 */
public final class JsonCodec implements RecordCodec {
    private final JsonSettings settings;
    private final ObjectMapper mapper;
    private final Envelopes envelopes;
    private final NamedTypes namedTypes;
    private final ClassValue<Optional<Class<?>>> keys = new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> type) {
            return DataClasses.contains(type) ? Optional.of(described(type)) : Optional.empty();
        }
    };
    private final ClassValue<JsonSchema> schemas = new ClassValue<>() {
        @Override
        protected JsonSchema computeValue(Class<?> type) {
            Schema given = type.getAnnotation(Schema.class);
            return given == null ? SchemaDerivation.derive(type, mapper, settings) : annotated(given);
        }
    };

    /** With the default settings. */
    public JsonCodec() {
        this(JsonSettings.DEFAULT);
    }

    private JsonCodec(JsonSettings settings) {
        this.settings = settings;
        this.mapper = JsonMapping.of(settings);
        this.envelopes = new Envelopes(settings.detectsEnvelopes());
        this.namedTypes = new NamedTypes(settings);
    }

    @Override
    public SchemaType type() {
        return SchemaType.JSON;
    }

    @Override
    public Set<String> settingNames() {
        return JsonSettings.NAMES;
    }

    @Override
    public RecordCodec configured(CodecSettings newSettings) {
        return Collections.disjoint(newSettings.values().keySet(), JsonSettings.NAMES)
                ? this
                : new JsonCodec(JsonSettings.of(newSettings));
    }

    /** For an envelope a schema, which is found by its text if the envelope is plain JSON; else the value's class. */
    @Override
    public @Nullable Object schemaKey(Object value) {
        JsonSchema own = envelopes.schemaOf(value);
        if (own != null) {
            return own;
        }
        return keys.get(value.getClass()).orElse(null);
    }

    /** A type that the application has named and that stands for several is one schema for the values of all of them. */
    private Class<?> described(Class<?> type) {
        Class<?> named = settings.type();
        return named.isAssignableFrom(type) && Family.isFamily(named, mapper) ? named : DataClasses.described(type);
    }

    /** Envelopes and annotated classes do. A {@link JsonNode} may be an envelope, and is nothing to any other language. */
    @Override
    public boolean carriesSchema(Object value) {
        return value instanceof JsonEnvelope
                || value instanceof JsonNode
                || value.getClass().isAnnotationPresent(Schema.class);
    }

    @Override
    public JsonSchema schemaOf(Object schemaKey) {
        return schemaKey instanceof JsonSchema schema ? schema : schemas.get((Class<?>) schemaKey);
    }

    private static JsonSchema annotated(Schema given) {
        List<SchemaReference> references = Arrays.stream(given.references())
                .map(reference -> new SchemaReference(reference.name(), reference.subject(), reference.version()))
                .toList();
        SchemaContent content = SchemaContent.of(SchemaType.JSON, given.value()).withReferences(references);
        return JsonSchema.parse(content, List.of(), Strictness.LENIENT);
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        return new JsonValueWriter(mapper, envelopes, validation(json(schema)));
    }

    /** There is no other schema to read through: what was written is what is read. */
    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        JsonSchema schema = json(writer);
        ParsedSchema wanted = target.readerSchema();
        JsonSchema named = wanted == null ? schema : json(wanted);
        Validation validation = validation(schema);
        if (!settings.type().equals(Object.class)) {
            requireConstructible(settings.type());
            return new JsonValueReader(mapper, settings.type(), List.of(), validation);
        }
        Class<?> type = namedTypes.of(named.json()).orElse(Object.class);
        return new JsonValueReader(
                mapper, type, type.equals(Object.class) ? namedTypes.alternatives(named) : List.of(), validation);
    }

    /** A type that nothing can be made of would make every record a bad one. */
    private void requireConstructible(Class<?> type) {
        if (mapper.getDeserializationContext() instanceof DefaultDeserializationContext blueprint) {
            DeserializationContext context = blueprint.createDummyInstance(mapper.getDeserializationConfig());
            try {
                if (context.findRootValueDeserializer(mapper.constructType(type)) instanceof AbstractDeserializer) {
                    throw new IllegalArgumentException("the class to read into, " + type.getName()
                            + ", stands for others, and no record says for which; mark it with @JsonTypeInfo");
                }
            } catch (JsonMappingException e) {
                throw new IllegalArgumentException(
                        "the class to read into, " + type.getName() + ", cannot be read into: "
                                + e.getOriginalMessage(),
                        e);
            }
        }
    }

    private @Nullable Validation validation(JsonSchema schema) {
        return settings.validates() ? Validation.of(schema) : null;
    }

    private static JsonSchema json(ParsedSchema schema) {
        if (schema instanceof JsonSchema json) {
            return json;
        }
        throw new IllegalArgumentException(
                "A schema of type " + schema.content().type() + " was given to the JSON codec");
    }
}
