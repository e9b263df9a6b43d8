package io.concordat.benchmarks.avro;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The numeric record in generic records, written and read as one would by hand for this schema alone. */
final class NumericGenericByHand implements Contender {
    private static final Schema NUMERIC = Shape.NUMERIC.schema();
    private static final Schema SAMPLES_LIST = NUMERIC.getField("samples").schema();
    private static final Schema COUNTS_LIST = NUMERIC.getField("counts").schema();

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putNumeric((GenericData.Record) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readNumeric(new Wire.Input(bytes));
    }

    @SuppressWarnings("unchecked") // The schema says so.
    private static int putNumeric(GenericData.Record record, byte[] out, int start) {
        int at = start;
        List<Double> items1 = ((List<Double>) record.get(0));
        if (!items1.isEmpty()) {
            at = Wire.putInt(out, at, items1.size());
            for (Double item2 : items1) {
                at = Wire.putDouble(out, at, item2);
            }
        }
        at = Wire.putInt(out, at, 0);
        List<Integer> items3 = ((List<Integer>) record.get(1));
        if (!items3.isEmpty()) {
            at = Wire.putInt(out, at, items3.size());
            for (Integer item4 : items3) {
                at = Wire.putInt(out, at, item4);
            }
        }
        at = Wire.putInt(out, at, 0);
        return at;
    }

    private static GenericData.Record readNumeric(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(NUMERIC);
        int count6 = in.readInt();
        GenericData.Array<Double> items5 = new GenericData.Array<>(count6, SAMPLES_LIST);
        for (int i7 = 0; i7 < count6; i7++) {
            items5.add(in.readDouble());
        }
        if (count6 > 0) {
            in.readInt();
        }
        record.put(0, items5);
        int count9 = in.readInt();
        GenericData.Array<Integer> items8 = new GenericData.Array<>(count9, COUNTS_LIST);
        for (int i10 = 0; i10 < count9; i10++) {
            items8.add(in.readInt());
        }
        if (count9 > 0) {
            in.readInt();
        }
        record.put(1, items8);
        return record;
    }
}
