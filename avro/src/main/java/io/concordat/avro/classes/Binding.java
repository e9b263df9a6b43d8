package io.concordat.avro.classes;

import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Describes how a class's objects look beside one schema, which need not be the class's own. */
final class Binding {
    /** Stands for the branch of a union that no class belongs to. */
    private static final class Nobody {}

    private record Bound(JavaType type, Schema schema) {}

    private final Anatomy.Properties kind;
    private final Map<Bound, Shape.ObjectShape> records = new HashMap<>();

    /** Records whose properties have not been looked at: they may be of any of the types so far. */
    private final Deque<Shape.ObjectShape> open = new ArrayDeque<>();

    private Binding(Anatomy.Properties kind) {
        this.kind = kind;
    }

    /** @throws io.concordat.api.format.InvalidSchemaException if the type does not fit the schema; the message names the path */
    static Shape of(JavaType type, Schema schema, Anatomy.Properties kind, Place place) {
        Binding binding = new Binding(kind);
        Shape shape = binding.shape(type, schema, place);
        while (!binding.open.isEmpty()) {
            binding.open.pop().properties();
        }
        return shape;
    }

    private Shape shape(JavaType type, Schema schema, Place place) {
        if (type.raw() == Optional.class) {
            return new Shape.Converted(shape(type.argument(0), schema, place), Maybe.INSTANCE);
        }
        if (type.raw() == Object.class) {
            return Shape.AVRO;
        }
        if (type.raw().isSealed() && !type.raw().isEnum()) {
            return ofSealed(type, schema, place);
        }
        return schema.getType() == Schema.Type.UNION ? ofUnion(type, schema, place) : ofType(type, schema, place);
    }

    private Shape ofUnion(JavaType type, Schema union, Place place) {
        List<Schema> values = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (values.size() == 1 && union.getTypes().size() == 2) {
            return shape(type, values.get(0), place);
        }
        return branches(union, branch -> values.size() == 1 || fits(type, branch) ? type : null, type, place);
    }

    /** Whether a branch is the one, of several, that a type's values belong to. */
    private static boolean fits(JavaType type, Schema branch) {
        Class<?> raw = type.raw();
        return switch (branch.getType()) {
            case RECORD -> named(List.of(type), branch) != null;
            case ENUM -> raw.isEnum() && named(List.of(type), branch) != null;
            case ARRAY -> (raw.isArray() && raw != byte[].class) || Collecting.isCollection(raw);
            case MAP -> Map.class.isAssignableFrom(raw);
            default -> ScalarShapes.of(type, branch) != null;
        };
    }

    private Shape branches(Schema union, Function<Schema, @Nullable JavaType> types, JavaType declared, Place place) {
        List<Shape.Branch> branches = new ArrayList<>();
        boolean any = false;
        for (Schema branch : union.getTypes()) {
            JavaType type = branch.getType() == Schema.Type.NULL ? null : types.apply(branch);
            any |= type != null;
            if (type != null) {
                branches.add(new Shape.Branch(Boxes.of(type.raw()), shape(type, branch, place)));
            } else {
                Class<?> none = branch.getType() == Schema.Type.NULL ? Void.class : Nobody.class;
                branches.add(new Shape.Branch(none, Shape.AVRO));
            }
        }
        if (!any) {
            throw misfit(declared, union, place);
        }
        return new Shape.Branches(branches);
    }

    private Shape ofSealed(JavaType type, Schema schema, Place place) {
        List<JavaType> permitted = Permitted.of(type, place);
        if (schema.getType() != Schema.Type.UNION) {
            JavaType only = named(permitted, schema);
            if (only == null) {
                throw misfit(type, schema, place);
            }
            return shape(only, schema, place);
        }
        return branches(schema, branch -> named(permitted, branch), type, place);
    }

    /** The class with the name of a schema, or with one that the schema was once called. */
    private static @Nullable JavaType named(List<JavaType> types, Schema schema) {
        for (JavaType type : types) {
            if (SchemaNames.of(type).equals(schema.getFullName())) {
                return type;
            }
        }
        boolean mayHaveAliases = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
        for (JavaType type : types) {
            if (mayHaveAliases && schema.getAliases().contains(SchemaNames.of(type))) {
                return type;
            }
        }
        return null;
    }

    private Shape ofType(JavaType type, Schema schema, Place place) {
        Class<?> raw = type.raw();
        Shape scalar = ScalarShapes.of(type, schema);
        if (scalar != null) {
            return scalar;
        }
        return switch (schema.getType()) {
            case ARRAY -> ofArray(type, schema, place);
            case MAP -> ofMap(type, schema, place);
            case ENUM -> raw.isEnum() ? EnumSymbols.of(raw).shape() : refuse(type, schema, place);
            case RECORD -> ofRecord(type, schema, place);
            default -> refuse(type, schema, place);
        };
    }

    private static Shape refuse(JavaType type, Schema schema, Place place) {
        throw misfit(type, schema, place);
    }

    private static RuntimeException misfit(JavaType type, Schema schema, Place place) {
        return place.refused("a " + type.raw().getTypeName() + " is no " + ScalarShapes.describe(schema));
    }

    private Shape ofArray(JavaType type, Schema schema, Place place) {
        Class<?> raw = type.raw();
        if (raw.isArray()) {
            Shape items = shape(type.argument(0), schema.getElementType(), place.items());
            return new Shape.Converted(new Shape.Items(items), Arrays.of(raw.getComponentType(), schema));
        }
        if (!Collecting.isCollection(raw)) {
            throw misfit(type, schema, place);
        }
        Shape items = new Shape.Items(shape(type.argument(0), schema.getElementType(), place.items()));
        return Collecting.takesAnyList(raw) ? items : converted(items, Collecting.toCollection(raw), type, place);
    }

    private Shape ofMap(JavaType type, Schema schema, Place place) {
        Class<?> raw = type.raw();
        if (!Map.class.isAssignableFrom(raw)) {
            throw misfit(type, schema, place);
        }
        Shape values = new Shape.Items(shape(type.argument(1), schema.getValueType(), place.items()));
        Class<?> keys = type.argument(0).raw();
        Shape map = keys.isEnum() ? new Shape.Converted(values, MapKeys.ofEnum(keys)) : values;
        return Collecting.takesAnyMap(raw) ? map : converted(map, Collecting.toMap(raw), type, place);
    }

    private static Shape converted(Shape raw, @Nullable Converter converter, JavaType type, Place place) {
        if (converter == null) {
            throw place.refused("there is no telling how to make a "
                    + type.raw().getName() + ": declare it as List, Set, SortedSet, Deque, Map or SortedMap");
        }
        return new Shape.Converted(raw, converter);
    }

    private Shape ofRecord(JavaType type, Schema schema, Place place) {
        if (type.raw().isEnum() || type.raw().isPrimitive() || Scalars.knows(type.raw())) {
            throw misfit(type, schema, place);
        }
        Bound key = new Bound(type.required(), schema);
        Shape.ObjectShape known = records.get(key);
        if (known != null) {
            return known;
        }
        Anatomy anatomy = Anatomy.of(type, kind, place);
        Shape.ObjectShape shape = anatomy.isMadeAtOnce()
                ? Shape.ObjectShape.madeAtOnce(type.raw(), anatomy.maker(), () -> properties(anatomy, schema, place))
                : Shape.ObjectShape.filled(type.raw(), anatomy.maker(), () -> properties(anatomy, schema, place));
        records.put(key, shape); // Before its properties, which may be of the same type.
        open.push(shape);
        return shape;
    }

    private List<Shape.Property> properties(Anatomy anatomy, Schema record, Place place) {
        List<Shape.Property> properties = new ArrayList<>();
        for (JavaProperty property : anatomy.properties()) {
            Schema.Field field = fieldOf(property, record);
            Shape shape =
                    field == null ? Shape.AVRO : shape(property.type(), field.schema(), place.field(property.name()));
            properties.add(new Shape.Property(
                    field == null ? property.fieldName() : field.name(),
                    property.type().raw(),
                    property.getter(),
                    property.setter(),
                    shape));
        }
        return properties;
    }

    private static Schema.@Nullable Field fieldOf(JavaProperty property, Schema record) {
        Schema.Field field = record.getField(property.fieldName());
        if (field != null) {
            return field;
        }
        for (Schema.Field other : record.getFields()) {
            if (other.aliases().contains(property.fieldName())) {
                return other;
            }
        }
        return null;
    }

    /** What may be absent, and is null then. */
    private enum Maybe implements Converter {
        INSTANCE;

        @Override
        public Object fromAvro(@Nullable Object raw) {
            return Optional.ofNullable(raw);
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            // Null itself is a mistake of the application's, but one that says clearly what is meant.
            return value == null ? null : ((Optional<?>) value).orElse(null);
        }

        @Override
        public String expected() {
            return "Optional";
        }
    }
}
