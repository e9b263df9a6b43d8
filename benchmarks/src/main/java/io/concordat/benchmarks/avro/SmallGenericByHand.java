package io.concordat.benchmarks.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** The small record in generic records, written and read as one would by hand for this schema alone. */
final class SmallGenericByHand implements Contender {
    private static final Schema SMALL = Shape.SMALL.schema();

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putSmall((GenericData.Record) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readSmall(new Wire.Input(bytes));
    }

    private static int putSmall(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putLong(out, at, ((Long) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        at = Wire.putBoolean(out, at, ((Boolean) record.get(2)));
        at = Wire.putDouble(out, at, ((Double) record.get(3)));
        at = Wire.putLong(out, at, ((Long) record.get(4)));
        at = Wire.putText(out, at, ((Utf8) record.get(5)));
        return at;
    }

    private static GenericData.Record readSmall(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(SMALL);
        record.put(0, in.readLong());
        record.put(1, in.readUtf8());
        record.put(2, in.readBoolean());
        record.put(3, in.readDouble());
        record.put(4, in.readLong());
        record.put(5, in.readUtf8());
        return record;
    }
}
