package io.concordat.avro.plan;

import io.concordat.api.format.InvalidSchemaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.Container;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.Skip;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans for reading: Avro's resolution of two schemas, made into nodes. No attribute of a schema but
 * {@code avro.java.string} and the logical type has a say in it.
 */
public final class ReadPlanner {
    /** Where in the schemas a node is made, for the message if it cannot. */
    private record Place(@Nullable Place parent, String name) {
        static String print(@Nullable Place place) {
            StringBuilder text = new StringBuilder();
            for (Place p = place; p != null; p = p.parent()) {
                text.insert(0, text.isEmpty() ? "" : ".").insert(0, p.name());
            }
            return text.toString();
        }
    }

    /**
     * How a part is read.
     *
     * @param shape what its values look like
     * @param model knows the conversions of logical types
     * @param specific whether generated classes are used from here on
     * @param certain whether this part is in every record: what cannot be read is an error at once then
     */
    private record Mode(Shape shape, GenericData model, boolean specific, boolean certain) {
        Mode as(Shape newShape) {
            return new Mode(newShape, model, specific, certain);
        }

        /** For what is not in every record: a branch, an element. */
        Mode perhaps() {
            return new Mode(shape, model, specific, false);
        }

        Mode within(Class<?> generated) {
            return new Mode(Shape.AVRO, SpecificData.getForClass(generated), true, certain);
        }

        Mode withoutClasses() {
            return new Mode(shape, model, false, certain);
        }
    }

    /** The same record may be read in different ways in different places. */
    private record RecordKey(
            Identity action, boolean specific, @Nullable Identity object) {}

    /** An object by its identity. */
    private record Identity(Object object) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Identity that && object == that.object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private final @Nullable GeneratedClasses classes;
    private final Map<RecordKey, ReadNode.Record> records = new HashMap<>();
    private final ItemCosts costs = new ItemCosts();
    private final SkipNodes skips = new SkipNodes(costs);

    private ReadPlanner(@Nullable GeneratedClasses classes) {
        this.classes = classes;
    }

    /**
     * What reads records of one schema through another.
     *
     * @param shape what values look like
     * @param model whose conversions of logical types are used, outside of generated classes
     * @param classes the generated classes that are used, or null for none
     * @throws InvalidSchemaException if that cannot be
     */
    public static ReadPlan plan(
            Schema writer, Schema reader, Shape shape, GenericData model, @Nullable GeneratedClasses classes) {
        try {
            Mode mode = new Mode(atTop(reader, shape), model, classes != null, true);
            Action action = Resolver.resolve(Schema.applyAliases(writer, reader), reader, GenericData.get());
            ReadNode root = new ReadPlanner(classes).node(action, mode, null);
            return new ReadPlan(root, writer.getType() == Schema.Type.BYTES, false, Limits.DEFAULT);
        } catch (StackOverflowError e) {
            // Two schemas that refer to themselves in cycles of different lengths take Avro a very long way.
            throw new InvalidSchemaException("The reader's and the writer's schema nest too deep in each other");
        } catch (InvalidSchemaException e) {
            throw e;
        } catch (RuntimeException e) {
            // Avro's answers to defaults that are none are of many kinds.
            throw new InvalidSchemaException("The reader's schema cannot be used: " + e.getMessage(), e);
        }
    }

    /** At the top, text and bytes are Java's own. */
    private static Shape atTop(Schema reader, Shape shape) {
        if (!shape.equals(Shape.AVRO)) {
            return shape;
        }
        return switch (reader.getType()) {
            case STRING -> Shape.TEXT;
            case BYTES -> Shape.BYTE_ARRAY;
            default -> shape;
        };
    }

    private ReadNode node(Action action, Mode mode, @Nullable Place place) {
        if (mode.shape() instanceof Shape.Converted converted) {
            return new ReadNode.Converted(node(action, mode.as(converted.raw()), place), converted.converter());
        }
        Conversion<?> conversion = conversion(action.reader, mode);
        return conversion == null
                ? rawNode(action, mode, place)
                : converted(action.reader, rawNode(action, mode.as(Shape.AVRO), place), conversion);
    }

    private static @Nullable Conversion<?> conversion(Schema reader, Mode mode) {
        return reader.getLogicalType() == null ? null : mode.model().getConversionFor(reader.getLogicalType());
    }

    private static ReadNode converted(Schema schema, ReadNode raw, @Nullable Conversion<?> conversion) {
        return conversion == null ? raw : new ReadNode.Converted(raw, new AvroConversion(schema, conversion));
    }

    private ReadNode rawNode(Action action, Mode mode, @Nullable Place place) {
        return switch (action.type) {
            case DO_NOTHING -> sameType(action.reader, mode);
            case PROMOTE -> promotion(action.writer.getType(), action.reader, mode);
            case ENUM -> symbol((EnumAdjust) action, mode);
            case CONTAINER -> container((Container) action, mode, place);
            case RECORD -> record((RecordAdjust) action, mode, place);
            case WRITER_UNION -> writerUnion((WriterUnion) action, mode, place);
            case READER_UNION -> readerUnion((ReaderUnion) action, mode, place);
            case ERROR -> unreadable((ErrorAction) action, mode, place);
            case SKIP -> throw new IllegalArgumentException("A field that is skipped has no value");
        };
    }

    private ReadNode sameType(Schema schema, Mode mode) {
        return switch (schema.getType()) {
            case NULL -> new ReadNode.Nothing();
            case BOOLEAN -> new ReadNode.Primitive(Scalar.BOOLEAN, Scalar.BOOLEAN);
            case INT -> new ReadNode.Primitive(Scalar.INT, Scalar.INT);
            case LONG -> new ReadNode.Primitive(Scalar.LONG, Scalar.LONG);
            case FLOAT -> new ReadNode.Primitive(Scalar.FLOAT, Scalar.FLOAT);
            case DOUBLE -> new ReadNode.Primitive(Scalar.DOUBLE, Scalar.DOUBLE);
            case STRING -> text(schema, mode.shape());
            case BYTES -> bytes(mode.shape());
            case FIXED -> fixed(schema, mode);
            default -> throw new IllegalArgumentException("Type " + schema.getType() + " is resolved by parts");
        };
    }

    private static ReadNode.Text text(Schema schema, Shape shape) {
        boolean isString = shape instanceof Shape.Text
                || shape instanceof Shape.Items
                || "String".equals(schema.getProp(GenericData.STRING_PROP));
        return new ReadNode.Text(isString);
    }

    private static ReadNode bytes(Shape shape) {
        return new ReadNode.Bytes(shape instanceof Shape.ByteArray);
    }

    private ReadNode fixed(Schema schema, Mode mode) {
        if (mode.shape() instanceof Shape.ByteArray) {
            return new ReadNode.FixedBytes(schema.getFixedSize());
        }
        Class<?> generated = generated(schema, mode);
        return generated == null ? new ReadNode.Fixed(schema) : new ReadNode.SpecificFixed(schema, generated);
    }

    private @Nullable Class<?> generated(Schema named, Mode mode) {
        return classes != null && mode.specific() ? classes.find(named) : null;
    }

    private static ReadNode promotion(Schema.Type writer, Schema reader, Mode mode) {
        return switch (reader.getType()) {
            case LONG -> new ReadNode.Primitive(Scalar.LONG, scalar(writer));
            case FLOAT -> new ReadNode.Primitive(Scalar.FLOAT, scalar(writer));
            case DOUBLE -> new ReadNode.Primitive(Scalar.DOUBLE, scalar(writer));
            case BYTES -> bytes(mode.shape());
            case STRING -> text(reader, mode.shape());
            default -> throw new IllegalArgumentException("Avro promotes nothing to " + reader.getType());
        };
    }

    private static Scalar scalar(Schema.Type written) {
        return switch (written) {
            case INT -> Scalar.INT;
            case LONG -> Scalar.LONG;
            case FLOAT -> Scalar.FLOAT;
            default -> throw new IllegalArgumentException("Avro promotes no " + written + " to a number");
        };
    }

    private ReadNode symbol(EnumAdjust action, Mode mode) {
        Class<?> generated = generated(action.reader, mode);
        List<@Nullable Object> values = new ArrayList<>();
        for (int symbol : action.adjustments) {
            values.add(
                    symbol < 0
                            ? null
                            : value(
                                    action.reader,
                                    action.reader.getEnumSymbols().get(symbol),
                                    mode,
                                    generated));
        }
        return new ReadNode.Symbol(action.writer, Collections.unmodifiableList(values));
    }

    private static Object value(Schema schema, String symbol, Mode mode, @Nullable Class<?> generated) {
        if (mode.shape() instanceof Shape.Symbols symbols) {
            Object constant = symbols.constants().apply(symbol);
            if (constant == null) {
                throw new InvalidSchemaException(
                        "The symbol '" + symbol + "' of enum " + schema.getFullName() + " has no constant");
            }
            return constant;
        }
        return generated == null ? new GenericData.EnumSymbol(schema, symbol) : constant(symbol, generated);
    }

    private static Object constant(String symbol, Class<?> generated) {
        String name = GeneratedClasses.nameInJava(symbol);
        for (Object value : generated.getEnumConstants()) {
            if (((Enum<?>) value).name().equals(name)) {
                return value;
            }
        }
        throw new InvalidSchemaException("The generated enum " + generated.getName() + " has no '" + symbol
                + "': it is of another version of the schema");
    }

    private ReadNode container(Container action, Mode mode, @Nullable Place place) {
        Mode ofItems = mode.as(mode.shape() instanceof Shape.Items items ? items.items() : Shape.AVRO)
                .perhaps();
        if (action.reader.getType() == Schema.Type.ARRAY) {
            ReadNode items = node(action.elementAction, ofItems, new Place(place, "items"));
            ItemCost cost = costs.ofElement(action.writer.getElementType(), action.reader.getElementType());
            return new ReadNode.Array(action.reader, items, cost, mode.shape() instanceof Shape.Items);
        }
        ReadNode values = node(action.elementAction, ofItems, new Place(place, "values"));
        ItemCost cost = costs.ofEntry(action.writer.getValueType());
        return new ReadNode.Entries(text(action.reader, mode.shape()), values, cost);
    }

    private ReadNode record(RecordAdjust action, Mode mode, @Nullable Place place) {
        Identity object = mode.shape() instanceof Shape.ObjectShape shape ? new Identity(shape) : null;
        RecordKey key = new RecordKey(new Identity(action), mode.specific(), object);
        ReadNode.Record known = records.get(key);
        if (known != null) {
            return known;
        }
        RecordShape shape = shape(action.reader, mode);
        ReadNode.Record record = new ReadNode.Record(action.reader, shape);
        records.put(key, record); // Before its fields, which may be of the same type.
        record.set(new Fields(action, shape, mode, place).nodes());
        return record;
    }

    private RecordShape shape(Schema schema, Mode mode) {
        if (mode.shape() instanceof Shape.ObjectShape object) {
            return object;
        }
        Class<?> generated = generated(schema, mode);
        if (generated == null) {
            return new RecordShape.Generic(schema);
        }
        GeneratedClasses.requireFields(generated, schema);
        return new RecordShape.Specific(generated, schema);
    }

    /** Makes the fields of one record. */
    private final class Fields {
        private final RecordAdjust action;
        private final RecordShape shape;
        private final Mode mode;
        private final @Nullable Place place;
        private final @Nullable SpecificRecordBase sample;

        private Fields(RecordAdjust action, RecordShape shape, Mode mode, @Nullable Place place) {
            this.action = action;
            this.shape = shape;
            this.place = place;
            if (shape instanceof RecordShape.Specific specific) {
                this.mode = mode.within(specific.type());
                Object instance = SpecificData.newInstance(specific.type(), specific.schema());
                this.sample = instance instanceof SpecificRecordBase base ? base : null;
            } else {
                this.mode = shape instanceof RecordShape.Generic
                        ? mode.as(Shape.AVRO).withoutClasses()
                        : mode.as(Shape.AVRO);
                this.sample = null;
            }
        }

        private List<ReadNode.Field> nodes() {
            List<ReadNode.Field> fields = new ArrayList<>();
            int next = 0;
            List<Schema.Field> written = action.writer.getFields();
            for (int i = 0; i < action.fieldActions.length; i++) {
                Action fieldAction = action.fieldActions[i];
                if (fieldAction instanceof Skip) {
                    fields.add(skipped(written.get(i)));
                } else {
                    Schema.Field field = action.readerOrder[next++];
                    fields.add(field(field, fieldAction, written.get(i)));
                }
            }
            for (; next < action.readerOrder.length; next++) {
                Schema.Field field = action.readerOrder[next];
                fields.add(defaulted(field, action.defaults[next - action.firstDefault]));
            }
            return fields;
        }

        private ReadNode.Field skipped(Schema.Field field) {
            return new ReadNode.Field(field.name(), -1, new ReadNode.Skipped(skips.of(field.schema())));
        }

        private ReadNode.Field field(Schema.Field field, Action fieldAction, Schema.Field written) {
            int target = target(field);
            return target < 0
                    ? skipped(written)
                    : new ReadNode.Field(
                            field.name(), target, value(field, target, fieldAction, new Place(place, field.name())));
        }

        private ReadNode.Field defaulted(Schema.Field field, @Nullable Object value) {
            int target = target(field);
            if (target < 0) {
                return new ReadNode.Field(field.name(), -1, new ReadNode.Nothing());
            }
            Action same = Resolver.resolve(field.schema(), field.schema(), GenericData.get());
            ReadNode node = value(field, target, same, new Place(place, field.name()));
            return new ReadNode.Field(field.name(), target, new ReadNode.Default(DefaultBytes.of(field, value), node));
        }

        /** Where the value goes; negative if an object has no place for it. */
        private int target(Schema.Field field) {
            return shape instanceof Shape.ObjectShape object ? propertyOf(object, field) : field.pos();
        }

        private ReadNode value(Schema.Field field, int target, Action fieldAction, Place inField) {
            if (sample != null) {
                // The class knows of each of its fields whether it holds the raw value.
                return converted(
                        field.schema(), rawNode(fieldAction, mode, inField), sample.getConversion(field.pos()));
            }
            Mode ofField = shape instanceof Shape.ObjectShape object
                    ? mode.as(object.properties().get(target).shape())
                    : mode;
            return node(fieldAction, ofField, inField);
        }
    }

    private static int propertyOf(Shape.ObjectShape object, Schema.Field field) {
        List<Shape.Property> properties = object.properties();
        for (int i = 0; i < properties.size(); i++) {
            if (properties.get(i).field().equals(field.name())) {
                return i;
            }
        }
        return -1;
    }

    private ReadNode readerUnion(ReaderUnion action, Mode mode, @Nullable Place place) {
        return node(action.actualAction, ofBranch(mode, action.firstMatch), place);
    }

    private static Mode ofBranch(Mode mode, int branch) {
        return mode.shape() instanceof Shape.Branches branches
                ? mode.as(branches.branches().get(branch).shape())
                : mode;
    }

    private ReadNode writerUnion(WriterUnion action, Mode mode, @Nullable Place place) {
        if (mode.certain() && allUnreadable(action)) {
            return unreadable((ErrorAction) action.actions[0], mode, place);
        }
        List<ReadNode> branches = new ArrayList<>();
        for (int i = 0; i < action.actions.length; i++) {
            Mode ofBranch = action.unionEquiv ? ofBranch(mode, i).perhaps() : mode.perhaps();
            // A reader that is no union is converted after the choice of the branch, not within it.
            branches.add(
                    action.reader.getType() == Schema.Type.UNION
                            ? node(action.actions[i], ofBranch, place)
                            : rawNode(action.actions[i], ofBranch, place));
        }
        return new ReadNode.Union(List.copyOf(branches));
    }

    private static boolean allUnreadable(WriterUnion action) {
        for (Action branch : action.actions) {
            if (!(branch instanceof ErrorAction)) {
                return false;
            }
        }
        return action.actions.length > 0;
    }

    private static ReadNode unreadable(ErrorAction error, Mode mode, @Nullable Place place) {
        if (mode.certain()) {
            throw new InvalidSchemaException("The reader's schema cannot read what the writer's schema wrote"
                    + (place == null ? "" : ", at '" + Place.print(place) + "'") + ": " + error);
        }
        return new ReadNode.Unreadable("the reader's schema cannot read it: " + error);
    }
}
