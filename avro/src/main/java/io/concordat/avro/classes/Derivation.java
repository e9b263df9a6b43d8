package io.concordat.avro.classes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.reflect.AvroAlias;
import org.apache.avro.reflect.AvroAliases;
import org.apache.avro.reflect.AvroDefault;
import org.apache.avro.reflect.AvroDoc;
import org.apache.avro.reflect.AvroSchema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.internal.Accessor;
import org.jspecify.annotations.Nullable;

/** Derives one schema from a class. */
final class Derivation {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The named types so far: a class that is met again is the same type. */
    private final Map<JavaType, Schema> named = new HashMap<>();

    private final Map<String, JavaType> names = new HashMap<>();

    private Derivation() {}

    static Schema of(JavaType type, Place place) {
        try {
            return new Derivation().schema(type, place);
        } catch (StackOverflowError e) {
            throw place.refused("its types nest too deep in each other");
        }
    }

    private Schema schema(JavaType type, Place place) {
        if (type.isNullable()) {
            return nullable(schema(type.required(), place), place, true);
        }
        Class<?> raw = type.raw();
        if (raw == Optional.class) {
            return nullable(schema(type.argument(0).required(), place), place, true);
        }
        if (Scalars.knows(raw)) {
            return Scalars.schema(type, place);
        }
        if (raw.isArray() || Collecting.isCollection(raw)) {
            return Schema.createArray(schema(type.argument(0), place.items()));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return map(type, place);
        }
        return raw.isEnum() || raw.isRecord() ? named(type, place) : union(type, place);
    }

    private Schema nullable(Schema schema, Place place, boolean nullFirst) {
        Schema none = Schema.create(Schema.Type.NULL);
        List<Schema> branches = new ArrayList<>();
        if (schema.getType() != Schema.Type.UNION) {
            branches.add(schema);
        } else {
            schema.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .forEach(branches::add);
        }
        branches.add(nullFirst ? 0 : branches.size(), none);
        return union(branches, place);
    }

    private static Schema union(List<Schema> branches, Place place) {
        try {
            return Schema.createUnion(branches);
        } catch (AvroRuntimeException e) {
            throw place.refused("its types make no union: " + e.getMessage(), e);
        }
    }

    private Schema map(JavaType type, Place place) {
        Class<?> keys = type.argument(0).raw();
        if (!MapKeys.areKeys(keys)) {
            throw place.refused("the keys of Avro's maps are text: " + keys.getName()
                    + " cannot be one; use a Map of String or of an enum, or a List of records");
        }
        return Schema.createMap(schema(type.argument(1), place.items()));
    }

    private Schema union(JavaType type, Place place) {
        if (!type.raw().isSealed()) {
            return named(type, place);
        }
        List<Schema> branches = new ArrayList<>();
        for (JavaType permitted : Permitted.of(type, place)) {
            branches.add(named(permitted, place));
        }
        return union(branches, place);
    }

    private Schema named(JavaType type, Place place) {
        Schema known = named.get(type);
        if (known != null) {
            return known;
        }
        String name = SchemaNames.of(type);
        JavaType other = names.putIfAbsent(name, type);
        if (other != null) {
            throw place.refused(type.raw().getName() + " and " + other.raw().getName() + " both have the name " + name
                    + ": give one of them another one with @FullName");
        }
        try {
            return type.raw().isEnum() ? enumeration(type, name) : record(type, name, place);
        } catch (AvroRuntimeException e) {
            throw place.refused(type.raw().getName() + " makes no Avro type: " + e.getMessage(), e);
        }
    }

    private Schema enumeration(JavaType type, String name) {
        if (GenericContainer.class.isAssignableFrom(type.raw())) {
            return SpecificData.get().getSchema(type.raw());
        }
        Schema schema = Schema.createEnum(
                name, doc(type.raw()), null, EnumSymbols.of(type.raw()).symbols());
        addAliases(schema, type.raw());
        named.put(type, schema);
        return schema;
    }

    private Schema record(JavaType type, String name, Place place) {
        requireConcrete(type.raw(), place);
        Anatomy anatomy = Anatomy.of(type, Anatomy.Properties.OF_BEANS, place);
        Schema schema = Schema.createRecord(name, doc(type.raw()), null, false);
        addAliases(schema, type.raw());
        named.put(type, schema); // Before its fields, which may be of the same type.
        List<Schema.Field> fields = new ArrayList<>();
        for (JavaProperty property : anatomy.properties()) {
            fields.add(field(property, schema.getNamespace(), place.field(property.name())));
        }
        schema.setFields(fields);
        return schema;
    }

    private static void requireConcrete(Class<?> type, Place place) {
        String advice = Scalars.advice(type);
        if (advice != null) {
            throw place.refused(type.getName() + " has no schema. " + advice);
        }
        if (GenericContainer.class.isAssignableFrom(type)) {
            throw place.refused(
                    type.getName() + " was generated from a schema: its objects carry schemas of their own, "
                            + "and have no place within plain Java");
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw place.refused(type.getName() + " may be of any class: seal it, so that its classes make a union");
        }
        if (type.getPackageName().startsWith("java.") || type.getPackageName().startsWith("javax.")) {
            throw place.refused(
                    type.getName() + " has no schema: use a String, or give the property one with @AvroSchema");
        }
    }

    private Schema.Field field(JavaProperty property, @Nullable String namespace, Place place) {
        JsonNode value = defaultOf(property, place);
        Schema schema = ofProperty(property, value, namespace, place);
        try {
            Schema.Field field = Accessor.createField(
                    property.fieldName(), schema, doc(property), value, true, Schema.Field.Order.ASCENDING);
            for (AvroAlias alias : aliases(property)) {
                field.addAlias(alias.alias());
            }
            return field;
        } catch (AvroRuntimeException e) {
            throw place.refused("it makes no field: " + e.getMessage(), e);
        }
    }

    private Schema ofProperty(
            JavaProperty property, @Nullable JsonNode value, @Nullable String namespace, Place place) {
        AvroSchema given = property.annotation(AvroSchema.class);
        if (given == null) {
            boolean otherDefault = value != null && !value.isNull();
            Schema derived = schema(property.type(), place);
            return isOptional(property) ? nullable(derived, place, !otherDefault) : derived;
        }
        Schema schema = parsed(given.value(), namespace, place);
        return isOptional(property) && schema.getType() != Schema.Type.UNION
                ? nullable(schema, place, value == null || value.isNull())
                : schema;
    }

    private static boolean isOptional(JavaProperty property) {
        return property.type().isNullable() || property.type().raw() == Optional.class;
    }

    /** Named types without a namespace have the record's, as they would if they stood within its text. */
    private static Schema parsed(String text, @Nullable String namespace, Place place) {
        String around = "{\"type\":\"record\",\"name\":\"Around\",\"namespace\":\""
                + (namespace == null ? "" : namespace) + "\",\"fields\":[{\"name\":\"it\",\"type\":" + text + "}]}";
        try {
            return new Schema.Parser().parse(around).getField("it").schema();
        } catch (AvroRuntimeException e) {
            throw place.refused("@AvroSchema holds no schema: " + e.getMessage(), e);
        }
    }

    /** What may be absent is null where it is; anything else has the default that is given. */
    private static @Nullable JsonNode defaultOf(JavaProperty property, Place place) {
        AvroDefault given = property.annotation(AvroDefault.class);
        if (given == null) {
            return isOptional(property) ? NullNode.getInstance() : null;
        }
        try {
            return JSON.readTree(given.value());
        } catch (JsonProcessingException e) {
            throw place.refused("@AvroDefault is no JSON: " + given.value(), e);
        }
    }

    private static @Nullable String doc(JavaProperty property) {
        AvroDoc doc = property.annotation(AvroDoc.class);
        return doc == null ? null : doc.value();
    }

    private static @Nullable String doc(Class<?> type) {
        AvroDoc doc = type.getAnnotation(AvroDoc.class);
        return doc == null ? null : doc.value();
    }

    private static List<AvroAlias> aliases(JavaProperty property) {
        AvroAliases several = property.annotation(AvroAliases.class);
        AvroAlias one = property.annotation(AvroAlias.class);
        return several != null ? List.of(several.value()) : one == null ? List.of() : List.of(one);
    }

    private static void addAliases(Schema schema, Class<?> type) {
        for (AvroAlias alias : type.getAnnotationsByType(AvroAlias.class)) {
            String space = alias.space().equals(AvroAlias.NULL) ? null : alias.space();
            schema.addAlias(alias.alias(), space);
        }
    }
}
