package io.concordat.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonValueFormatVisitor;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import io.concordat.api.format.InvalidSchemaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a class, as Jackson writes its objects. The text is the one that existing serializers register. For one
 * class and one thread.
 */
final class SchemaDerivation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WORD_ENDS = "(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^A-Z])(?=[A-Z])|(?<=[A-Za-z])(?=[^A-Za-z])";

    private final ObjectMapper mapper;
    private final JsonSettings settings;
    private final ObjectNode definitions = JSON.objectNode();
    private final Map<Described, String> names = new HashMap<>();

    /**
     * What a definition describes.
     *
     * @param tag the property that says which class an object is of; null for none
     */
    private record Described(JavaType type, @Nullable Tag tag) {}

    /**
     * A property that says which class an object is of.
     *
     * @param id what it says; null if that is not known
     */
    private record Tag(String property, @Nullable String id) {}

    private SchemaDerivation(ObjectMapper mapper, JsonSettings settings) {
        this.mapper = mapper;
        this.settings = settings;
    }

    /** @throws InvalidSchemaException if the class has no schema that could be derived */
    static JsonSchema derive(Class<?> type, ObjectMapper mapper, JsonSettings settings) {
        try {
            return JsonSchema.of(new SchemaDerivation(mapper, settings).schema(type));
        } catch (JsonMappingException e) {
            throw refusal(type, e.getOriginalMessage(), e);
        } catch (StackOverflowError e) {
            throw refusal(type, "it nests too deeply", e);
        }
    }

    private static InvalidSchemaException refusal(Class<?> type, String why, Throwable cause) {
        return new InvalidSchemaException(
                "No JSON schema can be derived from " + type.getName() + ": " + why + "; give one, as a "
                        + Schema.class.getSimpleName() + " annotation or a " + JsonEnvelope.class.getSimpleName(),
                cause);
    }

    private ObjectNode schema(Class<?> type) throws JsonMappingException {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", settings.draft().uri());
        schema.put("title", String.join(" ", type.getSimpleName().split(WORD_ENDS)));
        mapper.acceptJsonFormatVisitor(type, new Part(schema, true, null));
        if (!definitions.isEmpty()) {
            schema.set("definitions", definitions);
        }
        return schema;
    }

    /** Describes one value. */
    private final class Part extends JsonFormatVisitorWrapper.Base {
        private final ObjectNode schema;
        private final boolean isRoot;
        /** Whether the value is known to be of this very class, and how it says so. */
        private final @Nullable Described member;

        private Part(ObjectNode schema, boolean isRoot, @Nullable Described member) {
            this.schema = schema;
            this.isRoot = isRoot;
            this.member = member;
        }

        @Override
        public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) throws JsonMappingException {
            if (type.isJavaLangObject() || isDescribedAsFamily(type)) {
                return null;
            }
            Described described = member == null ? new Described(type, null) : member;
            if (isRoot) {
                return new Members(schema, described.tag(), getProvider());
            }
            String known = names.get(described);
            String name = known == null ? newName(described) : known;
            schema.put("$ref", "#/definitions/" + name);
            return known == null ? new Members(definitions.putObject(name), described.tag(), getProvider()) : null;
        }

        private String newName(Described described) {
            JavaType type = described.type();
            String simple = type.getRawClass().getSimpleName();
            String name = definitions.has(simple) ? type.toCanonical() : simple;
            names.put(described, name);
            return name;
        }

        /** Nothing is known of the properties, as of those of an interface. */
        @Override
        public @Nullable JsonAnyFormatVisitor expectAnyFormat(JavaType type) throws JsonMappingException {
            if (!type.isJavaLangObject()) {
                isDescribedAsFamily(type);
            }
            return null;
        }

        private boolean isDescribedAsFamily(JavaType type) throws JsonMappingException {
            Family family = member == null ? Family.of(type, getProvider()) : null;
            if (family == null) {
                return false;
            }
            if (family.members().size() == 1) {
                describe(family, family.members().get(0), schema, isRoot);
                return true;
            }
            // Objects that do not say what they are may be of several classes.
            ArrayNode alternatives = schema.putArray(family.mark() == null ? "anyOf" : "oneOf");
            for (Family.Member each : family.members()) {
                describe(family, each, alternatives.addObject(), false);
            }
            return true;
        }

        private void describe(Family family, Family.Member each, ObjectNode into, boolean atRoot)
                throws JsonMappingException {
            As mark = family.mark();
            if (mark == As.WRAPPER_OBJECT) {
                into.put("type", "object").put("additionalProperties", each.id() == null);
                if (each.id() == null) {
                    return;
                }
                ObjectNode wrapped = into.putObject("properties").putObject(each.id());
                into.putArray("required").add(each.id());
                describe(each.type(), null, wrapped, false);
            } else if (mark == As.WRAPPER_ARRAY) {
                into.put("type", "array");
                ArrayNode items =
                        into.putArray(settings.draft().isAtLeast(Draft.DRAFT_2020_12) ? "prefixItems" : "items");
                putId(items.addObject(), each.id());
                describe(each.type(), null, items.addObject(), false);
                into.put("minItems", 2).put("maxItems", 2);
            } else {
                String property = family.property();
                Tag tag = mark == null || property == null ? null : new Tag(property, each.id());
                describe(each.type(), tag, into, atRoot);
            }
        }

        private void describe(JavaType type, @Nullable Tag tag, ObjectNode into, boolean atRoot)
                throws JsonMappingException {
            Part part = new Part(into, atRoot, new Described(type, tag));
            part.setProvider(getProvider());
            getProvider().findValueSerializer(type).acceptJsonFormatVisitor(part, type);
            if (tag != null && !into.has("$ref") && !into.has("properties")) {
                throw new JsonMappingException(
                        null,
                        type.getRawClass().getName() + " is no object that could have a '" + tag.property() + "'");
            }
        }

        @Override
        public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            schema.put("type", "array");
            ObjectNode items = schema.putObject("items");
            return new JsonArrayFormatVisitor.Base(getProvider()) {
                @Override
                public void itemsFormat(JsonFormatVisitable handler, JavaType elementType) throws JsonMappingException {
                    handler.acceptJsonFormatVisitor(part(items, getProvider()), elementType);
                }

                @Override
                public void itemsFormat(JsonFormatTypes format) {
                    if (format != JsonFormatTypes.ANY) {
                        items.put("type", format.value());
                    }
                }
            };
        }

        @Override
        public JsonMapFormatVisitor expectMapFormat(JavaType type) {
            schema.put("type", "object");
            ObjectNode values = schema.putObject("additionalProperties");
            return new JsonMapFormatVisitor.Base(getProvider()) {
                @Override
                public void valueFormat(JsonFormatVisitable handler, JavaType valueType) throws JsonMappingException {
                    handler.acceptJsonFormatVisitor(part(values, getProvider()), valueType);
                }
            };
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            schema.put("type", "string");
            return new Formatted();
        }

        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            schema.put("type", "number");
            return new Formatted();
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            schema.put("type", "integer");
            return new Formatted();
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            schema.put("type", "boolean");
            return new Formatted();
        }

        @Override
        public @Nullable JsonNullFormatVisitor expectNullFormat(JavaType type) {
            schema.put("type", "null");
            return null;
        }

        /** What Jackson says of a value beyond its type. */
        private final class Formatted
                implements JsonStringFormatVisitor,
                        JsonNumberFormatVisitor,
                        JsonIntegerFormatVisitor,
                        JsonBooleanFormatVisitor,
                        JsonValueFormatVisitor {
            @Override
            public void format(JsonValueFormat format) {
                schema.put("format", format.toString());
            }

            @Override
            public void enumTypes(Set<String> enums) {
                enums.forEach(schema.withArray("enum")::add);
            }

            @Override
            public void numberType(com.fasterxml.jackson.core.JsonParser.NumberType type) {
                // A number is a number.
            }
        }
    }

    private static void putId(ObjectNode schema, @Nullable String id) {
        schema.put("type", "string");
        if (id != null) {
            schema.putArray("enum").add(id);
            schema.put("default", id);
        }
    }

    private Part part(ObjectNode schema, SerializerProvider provider) {
        Part part = new Part(schema, false, null);
        part.setProvider(provider);
        return part;
    }

    /** Describes the properties of an object. */
    private final class Members extends JsonObjectFormatVisitor.Base {
        private final ObjectNode schema;
        private final ObjectNode properties;

        private final @Nullable Tag tag;

        private Members(ObjectNode schema, @Nullable Tag tag, SerializerProvider provider) {
            super(provider);
            this.schema = schema;
            this.tag = tag;
            schema.put("type", "object");
            schema.put("additionalProperties", !settings.failsOnUnknown());
            properties = schema.putObject("properties");
            if (tag != null) {
                putId(properties.putObject(tag.property()), tag.id());
                schema.putArray("required").add(tag.property());
            }
        }

        @Override
        public void property(BeanProperty property) throws JsonMappingException {
            add(property, true);
        }

        @Override
        public void optionalProperty(BeanProperty property) throws JsonMappingException {
            add(property, property.getType().isPrimitive());
        }

        @Override
        public void property(String name, JsonFormatVisitable handler, JavaType type) throws JsonMappingException {
            handler.acceptJsonFormatVisitor(part(properties.putObject(name), getProvider()), type);
        }

        @Override
        public void optionalProperty(String name, JsonFormatVisitable handler, JavaType type)
                throws JsonMappingException {
            property(name, handler, type);
        }

        private void add(BeanProperty property, boolean required) throws JsonMappingException {
            if (tag != null && tag.property().equals(property.getName())) {
                return;
            }
            requireNoTypeOf(property);
            ObjectNode own = properties.putObject(property.getName());
            ObjectNode value = own;
            boolean isNullable = !required && !property.getType().isReferenceType();
            if (isNullable && settings.nullablesAsOneOf()) {
                var alternatives = own.putArray("oneOf");
                alternatives.addObject().put("type", "null").put("title", "Not included");
                value = alternatives.addObject();
            }
            describe(property, value);
            String description = property.getMetadata().getDescription();
            if (description != null) {
                own.put("description", description);
            }
            if (required) {
                schema.withArray("required").add(property.getName());
            }
        }

        /** A property may say of its values which class they are of, where that class itself does not. */
        private void requireNoTypeOf(BeanProperty property) throws JsonMappingException {
            if (property.getAnnotation(JsonTypeInfo.class) != null) {
                throw new JsonMappingException(
                        null,
                        "the property '" + property.getName()
                                + "' has @JsonTypeInfo, which only counts on a class here");
            }
        }

        private void describe(BeanProperty property, ObjectNode value) throws JsonMappingException {
            JavaType type = property.getType();
            JsonSerializer<?> serializer =
                    property instanceof BeanPropertyWriter writer && writer.getSerializer() != null
                            ? writer.getSerializer()
                            : getProvider().findPrimaryPropertySerializer(type, property);
            serializer.acceptJsonFormatVisitor(part(value, getProvider()), type);
        }
    }
}
