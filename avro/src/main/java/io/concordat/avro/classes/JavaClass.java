package io.concordat.avro.classes;

import io.concordat.avro.plan.Shape;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;
import org.jspecify.annotations.Nullable;

/** A class of an application whose objects are records, enums or values of Avro. Safe for many threads. */
public final class JavaClass {
    /** Where classes are remembered: softly, so that a class that outlives this library does not keep it loaded. */
    private static final class Memory extends ClassValue<SoftReference<JavaClass>> {
        private final Function<Class<?>, JavaClass> derivation;

        private Memory(Function<Class<?>, JavaClass> derivation) {
            this.derivation = derivation;
        }

        @Override
        protected SoftReference<JavaClass> computeValue(Class<?> type) {
            return new SoftReference<>(derivation.apply(type));
        }

        private JavaClass recall(Class<?> type) {
            JavaClass known = get(type).get();
            while (known == null) {
                remove(type);
                known = get(type).get();
            }
            return known;
        }
    }

    private static final Memory DERIVED = new Memory(JavaClass::derived);

    private static final Memory REFLECTED = new Memory(type -> reflected(type, new ReflectData()));

    private static final Memory REFLECTED_WITH_NULL = new Memory(type -> reflected(type, new ReflectData.AllowNull()));

    private static final ClassValue<Boolean> MEANT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isMeant(type);
        }
    };

    private final JavaType type;
    private final Schema schema;
    private final Anatomy.Properties properties;

    private JavaClass(JavaType type, Schema schema, Anatomy.Properties properties) {
        this.type = type;
        this.schema = schema;
        this.properties = properties;
    }

    /**
     * The class, with its schema derived by the rules of {@code docs/java-types.md}.
     *
     * @throws io.concordat.api.format.InvalidSchemaException if it has none; the message says why, and names the path
     */
    public static JavaClass of(Class<?> type) {
        return DERIVED.recall(declaring(type));
    }

    /** The class, if its objects are meant to have a schema that is derived; else null. */
    public static @Nullable JavaClass find(Class<?> type) {
        return MEANT.get(type) ? of(type) : null;
    }

    /**
     * The class with all its fields, as Avro's reflection sees it.
     *
     * @param allowNull whether anything may be null that can be
     * @throws io.concordat.api.format.InvalidSchemaException if reflection cannot do that
     */
    public static JavaClass reflected(Class<?> type, boolean allowNull) {
        return (allowNull ? REFLECTED_WITH_NULL : REFLECTED).recall(type);
    }

    /** A constant of an enum may have a class of its own. */
    private static Class<?> declaring(Class<?> type) {
        Class<?> above = type.getSuperclass();
        return above != null && above.isEnum() ? above : type;
    }

    private static JavaClass derived(Class<?> type) {
        Place place = Place.of(type);
        JavaType declared = JavaType.of(type);
        return new JavaClass(declared, Derivation.of(declared, place), Anatomy.Properties.OF_BEANS);
    }

    private static JavaClass reflected(Class<?> type, ReflectData reflection) {
        try {
            return new JavaClass(JavaType.of(type), reflection.getSchema(type), Anatomy.Properties.FIELDS);
        } catch (AvroRuntimeException e) {
            throw Place.of(type).refused("Avro's reflection makes no schema of it: " + e.getMessage(), e);
        }
    }

    /** Records, enums, sealed types, JavaBeans, and Java's own times and UUIDs; but no numbers, texts or collections. */
    private static boolean isMeant(Class<?> type) {
        if (type.isArray() || type.getPackageName().startsWith("java.")) {
            return Scalars.isLogical(type);
        }
        if (type.isRecord() || type.isEnum() || Enum.class.isAssignableFrom(type)) {
            return true;
        }
        return !CharSequence.class.isAssignableFrom(type) // Avro's Utf8 has a setter.
                && !Iterable.class.isAssignableFrom(type)
                && !Map.class.isAssignableFrom(type)
                && Anatomy.looksLikeBean(type);
    }

    /** The class's schema: always the same object while it is in use. */
    public Schema schema() {
        return schema;
    }

    /** How its objects look beside its own schema. */
    public Shape shape() {
        return shape(schema);
    }

    /**
     * How its objects look beside another schema.
     *
     * @throws io.concordat.api.format.InvalidSchemaException if they do not fit; the message names the path
     */
    public Shape shape(Schema other) {
        return Binding.of(type, other, properties, Place.of(type.raw()));
    }
}
