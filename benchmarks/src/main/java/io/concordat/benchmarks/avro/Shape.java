package io.concordat.benchmarks.avro;

import io.concordat.avro.AvroSchema;
import io.concordat.benchmarks.avro.specific.Event;
import io.concordat.benchmarks.avro.specific.Numeric;
import io.concordat.benchmarks.avro.specific.Small;
import io.concordat.benchmarks.avro.specific.Strings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What is measured: a schema, and one value of it in every form. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing changes the schemas, and the functions keep nothing.
public enum Shape {
    /** A flat record of six fields. */
    SMALL(
            Small.getClassSchema(),
            io.concordat.benchmarks.avro.records.Small.class,
            Values::small,
            SmallGenericByHand::new,
            SmallSpecificByHand::new,
            SmallRecordByHand::new),
    /** An event of thirty fields: five nested types, two enums, thirteen fields that may be null, a union of two records. */
    EVENT(
            Event.getClassSchema(),
            io.concordat.benchmarks.avro.records.Event.class,
            Values::event,
            EventGenericByHand::new,
            EventSpecificByHand::new,
            EventRecordByHand::new),
    /** 768 doubles and 1,024 ints of two bytes each. */
    NUMERIC(
            Numeric.getClassSchema(),
            io.concordat.benchmarks.avro.records.Numeric.class,
            Values::numeric,
            NumericGenericByHand::new,
            NumericSpecificByHand::new,
            NumericRecordByHand::new),
    /** Twenty texts of 20 to 200 characters. */
    STRINGS(
            Strings.getClassSchema(),
            io.concordat.benchmarks.avro.records.Strings.class,
            Values::strings,
            StringsGenericByHand::new,
            StringsSpecificByHand::new,
            StringsRecordByHand::new);

    private final Schema generated;
    private final Class<?> recordClass;
    private final Schema general;
    private final Function<Schema, GenericRecord> values;
    private final Supplier<Contender> genericByHand;
    private final Supplier<Contender> specificByHand;
    private final Supplier<Contender> recordByHand;

    Shape(
            Schema generated,
            Class<?> recordClass,
            Function<Schema, GenericRecord> values,
            Supplier<Contender> genericByHand,
            Supplier<Contender> specificByHand,
            Supplier<Contender> recordByHand) {
        this.generated = generated;
        this.recordClass = recordClass;
        this.general = new Schema.Parser().parse(generated.toString().replace(",\"avro.java.string\":\"String\"", ""));
        this.values = values;
        this.genericByHand = genericByHand;
        this.specificByHand = specificByHand;
        this.recordByHand = recordByHand;
    }

    /** The schema that generic records have: texts are Avro's own. */
    Schema schema() {
        return general;
    }

    /** The schema that values of a form carry. */
    Schema schema(Form form) {
        return switch (form) {
            case GENERIC, PRIMITIVE -> general;
            case SPECIFIC -> generated;
            case RECORD -> AvroSchema.of(recordClass).schema();
        };
    }

    /** The Java record. */
    Class<?> recordClass() {
        return recordClass;
    }

    Contender byHand(Form form) {
        return switch (form) {
            case GENERIC -> genericByHand.get();
            case SPECIFIC -> specificByHand.get();
            case PRIMITIVE, RECORD -> recordByHand.get();
        };
    }

    /** The value: its bytes are the same in each form. */
    Object value(Form form) {
        byte[] bytes = bytes();
        try {
            return switch (form) {
                case GENERIC -> values.apply(general);
                case PRIMITIVE -> new ConcordatContender(general, general, form, recordClass).decode(bytes);
                case SPECIFIC -> new AvroContender(general, generated, form).decode(bytes);
                case RECORD -> recordByHand.get().decode(bytes);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An older version of the schema: fields in another order, an int where there is a long now, and the last field, which has
     * a default, not there yet.
     */
    Schema older(Form form) {
        Schema own = form == Form.RECORD ? schema(form) : general;
        List<Schema.Field> fields = new ArrayList<>();
        List<Schema.Field> newer = own.getFields();
        for (Schema.Field field : newer.subList(0, newer.size() - 1)) {
            boolean widened = field.name().equals("visits") || field.name().equals("sequence");
            fields.add(
                    0,
                    new Schema.Field(
                            field.name(),
                            widened ? Schema.create(Schema.Type.INT) : field.schema(),
                            null,
                            defaultOf(field)));
        }
        return Schema.createRecord(own.getName(), null, own.getNamespace(), false, fields);
    }

    private static @Nullable Object defaultOf(Schema.Field field) {
        return field.hasDefaultValue() ? JsonProperties.NULL_VALUE : null;
    }

    /** The value's bytes, as Avro writes them. */
    byte[] bytes() {
        return written(general, values.apply(general));
    }

    /** The bytes of the value as a record of the older version. */
    byte[] olderBytes() {
        GenericRecord value = values.apply(general);
        GenericRecord older = new GenericData.Record(older(Form.GENERIC));
        for (Schema.Field field : older.getSchema().getFields()) {
            Object kept = value.get(field.name());
            older.put(
                    field.name(),
                    field.schema().getType() == Schema.Type.INT && kept instanceof Long number
                            ? (Object) Math.toIntExact(number)
                            : kept);
        }
        return written(older.getSchema(), older);
    }

    private static byte[] written(Schema schema, GenericRecord value) {
        try {
            return new AvroContender(schema, schema, Form.GENERIC).encode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a value that somebody has read. */
    byte[] writtenAgain(Object value, Form form) throws IOException {
        return form.isGeneric()
                ? new AvroContender(general, general, form).encode(value)
                : byHand(form).encode(value);
    }

    /** What Avro makes of bytes: entries of maps stand in any order there. */
    Object meaning(Schema written, byte[] bytes) {
        try {
            return new AvroContender(written, general, Form.GENERIC).decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
