package io.concordat.json;

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
    private final Map<JavaType, String> names = new HashMap<>();

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
        mapper.acceptJsonFormatVisitor(type, new Part(schema, true));
        if (!definitions.isEmpty()) {
            schema.set("definitions", definitions);
        }
        return schema;
    }

    /** Describes one value. */
    private final class Part extends JsonFormatVisitorWrapper.Base {
        private final ObjectNode schema;
        private final boolean isRoot;

        private Part(ObjectNode schema, boolean isRoot) {
            this.schema = schema;
            this.isRoot = isRoot;
        }

        @Override
        public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) throws JsonMappingException {
            if (type.isJavaLangObject()) {
                return null; // Anything.
            }
            requirePlain(type);
            if (isRoot) {
                return new Members(schema, getProvider());
            }
            String known = names.get(type);
            String name = known == null ? newName(type) : known;
            schema.put("$ref", "#/definitions/" + name);
            return known == null ? new Members(definitions.putObject(name), getProvider()) : null;
        }

        private String newName(JavaType type) {
            String simple = type.getRawClass().getSimpleName();
            String name = definitions.has(simple) ? type.toCanonical() : simple;
            names.put(type, name);
            return name;
        }

        private void requirePlain(JavaType type) throws JsonMappingException {
            if (getProvider().findTypeSerializer(type) != null) {
                throw new JsonMappingException(null, type.getRawClass().getName() + " stands for several classes");
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

        @Override
        public @Nullable JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
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

    private Part part(ObjectNode schema, SerializerProvider provider) {
        Part part = new Part(schema, false);
        part.setProvider(provider);
        return part;
    }

    /** Describes the properties of an object. */
    private final class Members extends JsonObjectFormatVisitor.Base {
        private final ObjectNode schema;
        private final ObjectNode properties;

        private Members(ObjectNode schema, SerializerProvider provider) {
            super(provider);
            this.schema = schema;
            schema.put("type", "object");
            schema.put("additionalProperties", !settings.failsOnUnknown());
            properties = schema.putObject("properties");
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
