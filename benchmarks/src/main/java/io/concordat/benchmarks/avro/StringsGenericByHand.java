package io.concordat.benchmarks.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** The document in generic records, written and read as one would by hand for this schema alone. */
final class StringsGenericByHand implements Contender {
    private static final Schema STRINGS = Shape.STRINGS.schema();

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putStrings((GenericData.Record) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readStrings(new Wire.Input(bytes));
    }

    private static int putStrings(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        at = Wire.putText(out, at, ((Utf8) record.get(2)));
        at = Wire.putText(out, at, ((Utf8) record.get(3)));
        at = Wire.putText(out, at, ((Utf8) record.get(4)));
        at = Wire.putText(out, at, ((Utf8) record.get(5)));
        at = Wire.putText(out, at, ((Utf8) record.get(6)));
        at = Wire.putText(out, at, ((Utf8) record.get(7)));
        at = Wire.putText(out, at, ((Utf8) record.get(8)));
        at = Wire.putText(out, at, ((Utf8) record.get(9)));
        at = Wire.putText(out, at, ((Utf8) record.get(10)));
        at = Wire.putText(out, at, ((Utf8) record.get(11)));
        at = Wire.putText(out, at, ((Utf8) record.get(12)));
        at = Wire.putText(out, at, ((Utf8) record.get(13)));
        at = Wire.putText(out, at, ((Utf8) record.get(14)));
        at = Wire.putText(out, at, ((Utf8) record.get(15)));
        at = Wire.putText(out, at, ((Utf8) record.get(16)));
        at = Wire.putText(out, at, ((Utf8) record.get(17)));
        at = Wire.putText(out, at, ((Utf8) record.get(18)));
        at = Wire.putText(out, at, ((Utf8) record.get(19)));
        return at;
    }

    private static GenericData.Record readStrings(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(STRINGS);
        record.put(0, in.readUtf8());
        record.put(1, in.readUtf8());
        record.put(2, in.readUtf8());
        record.put(3, in.readUtf8());
        record.put(4, in.readUtf8());
        record.put(5, in.readUtf8());
        record.put(6, in.readUtf8());
        record.put(7, in.readUtf8());
        record.put(8, in.readUtf8());
        record.put(9, in.readUtf8());
        record.put(10, in.readUtf8());
        record.put(11, in.readUtf8());
        record.put(12, in.readUtf8());
        record.put(13, in.readUtf8());
        record.put(14, in.readUtf8());
        record.put(15, in.readUtf8());
        record.put(16, in.readUtf8());
        record.put(17, in.readUtf8());
        record.put(18, in.readUtf8());
        record.put(19, in.readUtf8());
        return record;
    }
}
