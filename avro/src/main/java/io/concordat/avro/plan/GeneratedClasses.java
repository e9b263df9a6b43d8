package io.concordat.avro.plan;

import io.concordat.api.format.InvalidSchemaException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The classes an application has generated from schemas. A class is looked up by the name of a schema, which may come
 * from anywhere, so it is not even initialised before it has proved to be a generated one.
 */
public final class GeneratedClasses {
    private final ClassLoader loader;

    public GeneratedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** The class generated for a record, enum or fixed type of that name; null if the application has none. */
    public @Nullable Class<?> find(Schema named) {
        Class<?> found = load(SpecificData.getClassName(named));
        return found != null && isGenerated(found, named.getType()) && hasName(found, named) ? found : null;
    }

    private @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // Not there, or only nearly: on some file systems 'user.class' is found as 'User.class'.
        }
    }

    private static boolean isGenerated(Class<?> candidate, Schema.Type type) {
        boolean isOfKind = switch (type) {
            case RECORD ->
                SpecificRecord.class.isAssignableFrom(candidate) && !Modifier.isAbstract(candidate.getModifiers());
            case ENUM -> candidate.isEnum() && GenericEnumSymbol.class.isAssignableFrom(candidate);
            case FIXED -> SpecificFixed.class.isAssignableFrom(candidate);
            default -> false;
        };
        try {
            return isOfKind && candidate.getDeclaredField("SCHEMA$").getType() == Schema.class;
        } catch (NoSuchFieldException | LinkageError e) {
            return false;
        }
    }

    private static boolean hasName(Class<?> generated, Schema named) {
        try {
            return schemaOf(generated).getFullName().equals(named.getFullName());
        } catch (LinkageError e) {
            throw new InvalidSchemaException("The generated class " + generated.getName() + " cannot be used: " + e, e);
        }
    }

    /** What a field or a symbol is called in generated code: a word of Java has a dollar there. */
    public static String nameInJava(String name) {
        return SpecificData.RESERVED_WORDS.contains(name) ? name + SpecificData.RESERVED_WORD_ESCAPE_CHAR : name;
    }

    /** The schema a class was generated from. */
    static Schema schemaOf(Class<?> generated) {
        return SpecificData.get().getSchema(generated);
    }

    /** The writer's schema with the application's versions of the types at its top. */
    public Schema ownVersion(Schema writer) {
        return switch (writer.getType()) {
            case RECORD, ENUM, FIXED -> {
                Class<?> generated = find(writer);
                yield generated == null ? writer : schemaOf(generated);
            }
            case ARRAY -> withProps(writer, Schema.createArray(ownVersion(writer.getElementType())));
            case MAP -> withProps(writer, Schema.createMap(ownVersion(writer.getValueType())));
            case UNION ->
                Schema.createUnion(
                        writer.getTypes().stream().map(this::ownVersion).toList());
            default -> writer;
        };
    }

    private static Schema withProps(JsonProperties from, Schema to) {
        to.putAll(from);
        return to;
    }

    /** Refuses a class whose fields are not those of the schema that is read, since they are set by position. */
    static void requireFields(Class<?> generated, Schema read) {
        List<String> own = names(schemaOf(generated));
        if (!own.equals(names(read))) {
            throw new InvalidSchemaException("Records of " + read.getFullName() + " cannot be read into "
                    + generated.getName() + ": it was generated from a schema with the fields " + own
                    + ", but is to be read with " + names(read));
        }
    }

    private static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }
}
