package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.specific.Numeric;
import java.util.ArrayList;
import java.util.List;

/** The numeric record in generated classes, written and read as one would by hand for this schema alone. */
final class NumericSpecificByHand implements Contender {

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putNumeric((Numeric) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readNumeric(new Wire.Input(bytes));
    }

    private static int putNumeric(Numeric record, byte[] out, int start) {
        int at = start;
        List<Double> items1 = record.getSamples();
        if (!items1.isEmpty()) {
            at = Wire.putInt(out, at, items1.size());
            for (Double item2 : items1) {
                at = Wire.putDouble(out, at, item2);
            }
        }
        at = Wire.putInt(out, at, 0);
        List<Integer> items3 = record.getCounts();
        if (!items3.isEmpty()) {
            at = Wire.putInt(out, at, items3.size());
            for (Integer item4 : items3) {
                at = Wire.putInt(out, at, item4);
            }
        }
        at = Wire.putInt(out, at, 0);
        return at;
    }

    private static Numeric readNumeric(Wire.Input in) {
        Numeric record = new Numeric();
        int count6 = in.readInt();
        List<Double> items5 = new ArrayList<>(count6);
        for (int i7 = 0; i7 < count6; i7++) {
            items5.add(in.readDouble());
        }
        if (count6 > 0) {
            in.readInt();
        }
        record.setSamples(items5);
        int count9 = in.readInt();
        List<Integer> items8 = new ArrayList<>(count9);
        for (int i10 = 0; i10 < count9; i10++) {
            items8.add(in.readInt());
        }
        if (count9 > 0) {
            in.readInt();
        }
        record.setCounts(items8);
        return record;
    }
}
