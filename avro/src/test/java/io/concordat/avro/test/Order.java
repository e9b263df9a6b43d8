package io.concordat.avro.test;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

@AvroGenerated
@SuppressWarnings("serial") // As generated, with a List.
public class Order extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type":"record","name":"Order","namespace":"io.concordat.avro.test","fields":[
              {"name":"id","type":{"type":"string","avro.java.string":"String"}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"status","type":{"type":"enum","name":"Status","symbols":["OPEN","default","CLOSED"]}},
              {"name":"lines","type":{"type":"array","items":
                {"type":"record","name":"Line","fields":[{"name":"price","type":"double"}]}}},
              {"name":"paid","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null},
              {"name":"digest","type":{"type":"fixed","name":"Digest","size":2}}]}""");

    private static final SpecificData MODEL$ = new SpecificData();

    static {
        MODEL$.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    private static final @Nullable Conversion<?>[] CONVERSIONS = {
        null, new TimeConversions.TimestampMillisConversion(), null, null, null, null
    };

    public @Nullable String id;
    public @Nullable Instant at;
    public @Nullable Status status;
    public @Nullable List<Line> lines;
    public @Nullable Instant paid;
    public @Nullable Digest digest;

    @Override
    public SpecificData getSpecificData() {
        return MODEL$;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public @Nullable Conversion<?> getConversion(int field) {
        return CONVERSIONS[field];
    }

    @Override
    public @Nullable Object get(int field) {
        return switch (field) {
            case 0 -> id;
            case 1 -> at;
            case 2 -> status;
            case 3 -> lines;
            case 4 -> paid;
            case 5 -> digest;
            default -> throw new IndexOutOfBoundsException("Invalid index: " + field);
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public void put(int field, @Nullable Object value) {
        switch (field) {
            case 0 -> id = Objects.requireNonNull(value).toString();
            case 1 -> at = (Instant) value;
            case 2 -> status = (Status) value;
            case 3 -> lines = (List<Line>) value;
            case 4 -> paid = (Instant) value;
            case 5 -> digest = (Digest) value;
            default -> throw new IndexOutOfBoundsException("Invalid index: " + field);
        }
    }
}
