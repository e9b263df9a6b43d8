package io.concordat.avro;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.avro.ReadStep.ArrayStep;
import io.concordat.avro.ReadStep.EnumStep;
import io.concordat.avro.ReadStep.MapStep;
import io.concordat.avro.ReadStep.RecordStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
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
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * How to turn the bytes of one schema into values of another: Avro's resolution of the two, made into steps once. Nothing
 * of a plan changes while it is used, and no attribute of a schema but {@code avro.java.string} and the logical type
 * has a say in it.
 */
final class ReadPlan {
    /** Where in the schemas a step is made, for the message if it cannot. */
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
     * @param model knows the conversions of logical types
     * @param specific whether generated classes are used from here on
     * @param certain whether this part is in every record: what cannot be read is an error at once then
     */
    private record Mode(GenericData model, boolean specific, boolean certain) {
        /** For what is not in every record: a branch, an element. */
        Mode perhaps() {
            return new Mode(model, specific, false);
        }

        Mode within(Class<?> generated) {
            return new Mode(SpecificData.getForClass(generated), true, certain);
        }

        Mode withoutClasses() {
            return new Mode(model, false, certain);
        }
    }

    private static final int MAX_FIXED_SIZE = 1 << 20;

    private final @Nullable GeneratedClasses classes;
    private final IdentityHashMap<Action, RecordStep> general = new IdentityHashMap<>();
    private final IdentityHashMap<Action, RecordStep> specific = new IdentityHashMap<>();

    private ReadPlan(@Nullable GeneratedClasses classes) {
        this.classes = classes;
    }

    /**
     * What reads records of one schema.
     *
     * @param reader the schema to see them through, or null for the writer's or that of the generated class
     * @param classes null for general-purpose values
     */
    static RecordCodec.Reader of(Schema writer, @Nullable Schema reader, @Nullable GeneratedClasses classes) {
        try {
            Schema wanted = reader != null ? reader : classes != null ? classes.ownVersion(writer) : writer;
            requireBoundedFixed(wanted);
            Mode mode = new Mode(GenericData.get(), classes != null, true);
            Action action = Resolver.resolve(writer, wanted, GenericData.get());
            ReadStep step = new ReadPlan(classes).step(action, mode, null);
            return new RootReader(writer.getType() == Schema.Type.BYTES, wanted.getType(), step);
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

    /** Avro fills up the default of a fixed type, whatever its size. */
    private static void requireBoundedFixed(Schema reader) {
        for (Schema type : SchemaGraph.types(reader)) {
            if (type.getType() == Schema.Type.FIXED && type.getFixedSize() > MAX_FIXED_SIZE) {
                throw new InvalidSchemaException("Values of fixed type '" + type.getFullName() + "' cannot be read: "
                        + type.getFixedSize() + " bytes are more than " + MAX_FIXED_SIZE);
            }
        }
    }

    private record RootReader(boolean bare, Schema.Type wanted, ReadStep step) implements RecordCodec.Reader {
        @Override
        public @Nullable Object read(ByteBuffer bytes) {
            try {
                RecordInput in = bare ? RecordInput.withLength(bytes) : RecordInput.of(bytes);
                return plain(step.read(in));
            } catch (Misfit e) {
                throw e.toRecordException();
            }
        }

        /** At the top, text and bytes are Java's own. */
        private @Nullable Object plain(@Nullable Object value) {
            if (wanted == Schema.Type.STRING && value instanceof Utf8) {
                return value.toString();
            }
            return wanted == Schema.Type.BYTES && value instanceof ByteBuffer buffer ? bytes(buffer) : value;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private ReadStep step(Action action, Mode mode, @Nullable Place place) {
        return converted(action.reader, rawStep(action, mode, place), conversion(action.reader, mode));
    }

    private static @Nullable Conversion<?> conversion(Schema reader, Mode mode) {
        return reader.getLogicalType() == null ? null : mode.model().getConversionFor(reader.getLogicalType());
    }

    private static ReadStep converted(Schema schema, ReadStep raw, @Nullable Conversion<?> conversion) {
        if (conversion == null) {
            return raw;
        }
        return in -> {
            Object value = raw.read(in);
            try {
                return Conversions.convertToLogicalType(value, schema, schema.getLogicalType(), conversion);
            } catch (RuntimeException e) {
                throw new Misfit("is no " + schema.getLogicalType().getName() + ": " + e.getMessage(), e);
            }
        };
    }

    private ReadStep rawStep(Action action, Mode mode, @Nullable Place place) {
        return switch (action.type) {
            case DO_NOTHING -> sameType(action.reader, mode);
            case PROMOTE -> promotion(action.writer.getType(), action.reader);
            case ENUM -> enumStep((EnumAdjust) action, mode);
            case CONTAINER -> container((Container) action, mode, place);
            case RECORD -> record((RecordAdjust) action, mode, place);
            case WRITER_UNION -> writerUnion((WriterUnion) action, mode, place);
            case READER_UNION -> step(((ReaderUnion) action).actualAction, mode, place);
            case ERROR -> unreadable((ErrorAction) action, mode, place);
            case SKIP -> throw new IllegalArgumentException("A field that is skipped has no value");
        };
    }

    private ReadStep sameType(Schema schema, Mode mode) {
        return switch (schema.getType()) {
            case NULL -> in -> null;
            case BOOLEAN -> RecordInput::readBoolean;
            case INT -> RecordInput::readInt;
            case LONG -> RecordInput::readLong;
            case FLOAT -> RecordInput::readFloat;
            case DOUBLE -> RecordInput::readDouble;
            case STRING -> text(schema);
            case BYTES -> in -> ByteBuffer.wrap(in.readBytes());
            case FIXED -> fixed(schema, mode);
            default -> throw new IllegalArgumentException("Type " + schema.getType() + " is resolved by parts");
        };
    }

    private static ReadStep text(Schema schema) {
        return "String".equals(schema.getProp(GenericData.STRING_PROP))
                ? RecordInput::readString
                : RecordInput::readUtf8;
    }

    private ReadStep fixed(Schema schema, Mode mode) {
        int size = schema.getFixedSize();
        Class<?> generated = generated(schema, mode);
        if (generated == null) {
            return in -> new GenericData.Fixed(schema, in.readFixed(size));
        }
        return in -> {
            SpecificFixed value = (SpecificFixed) SpecificData.newInstance(generated, schema);
            value.bytes(in.readFixed(size));
            return value;
        };
    }

    private @Nullable Class<?> generated(Schema named, Mode mode) {
        return classes != null && mode.specific() ? classes.find(named) : null;
    }

    private static ReadStep promotion(Schema.Type writer, Schema reader) {
        return switch (reader.getType()) {
            case LONG -> in -> (long) in.readInt();
            case FLOAT -> writer == Schema.Type.INT ? in -> (float) in.readInt() : in -> (float) in.readLong();
            case DOUBLE -> doubleFrom(writer);
            case BYTES -> in -> ByteBuffer.wrap(in.readBytes());
            case STRING -> text(reader);
            default -> throw new IllegalArgumentException("Avro promotes nothing to " + reader.getType());
        };
    }

    private static ReadStep doubleFrom(Schema.Type writer) {
        return switch (writer) {
            case INT -> in -> (double) in.readInt();
            case LONG -> in -> (double) in.readLong();
            default -> in -> (double) in.readFloat();
        };
    }

    private ReadStep enumStep(EnumAdjust action, Mode mode) {
        Class<?> generated = generated(action.reader, mode);
        @Nullable Object[] values = new @Nullable Object[action.adjustments.length];
        for (int i = 0; i < values.length; i++) {
            int symbol = action.adjustments[i];
            if (symbol >= 0) {
                values[i] = symbol(action.reader, action.reader.getEnumSymbols().get(symbol), generated);
            }
        }
        return new EnumStep(action.writer, values);
    }

    private static Object symbol(Schema schema, String symbol, @Nullable Class<?> generated) {
        if (generated == null) {
            return new GenericData.EnumSymbol(schema, symbol);
        }
        String constant = SpecificData.mangle(symbol);
        for (Object value : generated.getEnumConstants()) {
            if (((Enum<?>) value).name().equals(constant)) {
                return value;
            }
        }
        throw new InvalidSchemaException("The generated enum " + generated.getName() + " has no '" + symbol
                + "': it is of another version of the schema");
    }

    private ReadStep container(Container action, Mode mode, @Nullable Place place) {
        if (action.reader.getType() == Schema.Type.ARRAY) {
            return new ArrayStep(action.reader, step(action.elementAction, mode.perhaps(), new Place(place, "items")));
        }
        return new MapStep(text(action.reader), step(action.elementAction, mode.perhaps(), new Place(place, "values")));
    }

    private ReadStep record(RecordAdjust action, Mode mode, @Nullable Place place) {
        // The same types may be read into generated classes in one place and not in another.
        IdentityHashMap<Action, RecordStep> records = mode.specific() ? specific : general;
        RecordStep known = records.get(action);
        if (known != null) {
            return known;
        }
        Class<?> generated = generated(action.reader, mode);
        RecordStep step = new RecordStep(action.reader, instances(action.reader, generated));
        records.put(action, step); // Before its fields, which may be of the same type.
        step.set(fields(action, generated == null ? mode.withoutClasses() : mode.within(generated), step, place));
        return step;
    }

    private static Supplier<IndexedRecord> instances(Schema schema, @Nullable Class<?> generated) {
        if (generated == null) {
            return () -> new GenericData.Record(schema);
        }
        GeneratedClasses.requireFields(generated, schema);
        return () -> (IndexedRecord) SpecificData.newInstance(generated, schema);
    }

    private List<RecordStep.Field> fields(RecordAdjust action, Mode mode, RecordStep step, @Nullable Place place) {
        IndexedRecord sample = step.newInstance();
        List<RecordStep.Field> fields = new ArrayList<>();
        int next = 0;
        List<Schema.Field> written = action.writer.getFields();
        for (int i = 0; i < action.fieldActions.length; i++) {
            Action fieldAction = action.fieldActions[i];
            if (fieldAction instanceof Skip) {
                fields.add(RecordStep.Field.skipped(written.get(i)));
            } else {
                Schema.Field field = action.readerOrder[next++];
                Place inField = new Place(place, field.name());
                fields.add(RecordStep.Field.of(field, fieldStep(field, fieldAction, sample, mode, inField)));
            }
        }
        for (; next < action.readerOrder.length; next++) {
            Schema.Field field = action.readerOrder[next];
            Object value = action.defaults[next - action.firstDefault];
            fields.add(RecordStep.Field.of(field, defaultStep(field, value, sample, mode, place)));
        }
        return fields;
    }

    private ReadStep fieldStep(
            Schema.Field field, Action action, IndexedRecord sample, Mode mode, @Nullable Place place) {
        if (sample instanceof SpecificRecordBase specific) {
            // The class knows of each of its fields whether it holds the raw value.
            return converted(field.schema(), rawStep(action, mode, place), specific.getConversion(field.pos()));
        }
        return step(action, mode, place);
    }

    private ReadStep defaultStep(
            Schema.Field field, @Nullable Object value, IndexedRecord sample, Mode mode, @Nullable Place place) {
        byte[] bytes = encoded(field, value);
        Action action = Resolver.resolve(field.schema(), field.schema(), GenericData.get());
        ReadStep fromBytes = fieldStep(field, action, sample, mode, place);
        // Read anew for each record: the value may be one that can be changed.
        return in -> fromBytes.read(RecordInput.of(bytes));
    }

    private static byte[] encoded(Schema.Field field, @Nullable Object value) {
        RecordBuffer buffer = new RecordBuffer(64);
        try {
            new Encoding(buffer, GenericData.get()).write(field.schema(), value);
        } catch (Misfit e) {
            throw new InvalidSchemaException("The default of field '" + field.name() + "' is no value of its type", e);
        }
        return buffer.toByteArray();
    }

    private ReadStep writerUnion(WriterUnion action, Mode mode, @Nullable Place place) {
        if (mode.certain() && allUnreadable(action)) {
            return unreadable((ErrorAction) action.actions[0], mode, place);
        }
        ReadStep[] branches = new ReadStep[action.actions.length];
        for (int i = 0; i < branches.length; i++) {
            // A reader that is no union is converted after the choice of the branch, not within it.
            branches[i] = action.reader.getType() == Schema.Type.UNION
                    ? step(action.actions[i], mode.perhaps(), place)
                    : rawStep(action.actions[i], mode.perhaps(), place);
        }
        return in -> branches[in.readIndex(branches.length, "branch")].read(in);
    }

    private static boolean allUnreadable(WriterUnion action) {
        for (Action branch : action.actions) {
            if (!(branch instanceof ErrorAction)) {
                return false;
            }
        }
        return action.actions.length > 0;
    }

    private static ReadStep unreadable(ErrorAction error, Mode mode, @Nullable Place place) {
        if (mode.certain()) {
            throw new InvalidSchemaException("The reader's schema cannot read what the writer's schema wrote"
                    + (place == null ? "" : ", at '" + Place.print(place) + "'") + ": " + error);
        }
        String reason = "the reader's schema cannot read it: " + error;
        return in -> {
            throw new Misfit(reason);
        };
    }
}
