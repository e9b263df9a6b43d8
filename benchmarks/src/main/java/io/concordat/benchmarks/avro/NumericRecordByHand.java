package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.records.Numeric;

/** The numeric record in Java records, written and read as one would by hand for this schema alone. */
final class NumericRecordByHand implements Contender {

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
        double[] items1 = record.samples();
        if (items1.length > 0) {
            at = Wire.putInt(out, at, items1.length);
            for (double item2 : items1) {
                at = Wire.putDouble(out, at, item2);
            }
        }
        at = Wire.putInt(out, at, 0);
        int[] items3 = record.counts();
        if (items3.length > 0) {
            at = Wire.putInt(out, at, items3.length);
            for (int item4 : items3) {
                at = Wire.putInt(out, at, item4);
            }
        }
        at = Wire.putInt(out, at, 0);
        return at;
    }

    private static Numeric readNumeric(Wire.Input in) {
        int count6 = in.readInt();
        double[] items5 = new double[count6];
        for (int i7 = 0; i7 < count6; i7++) {
            items5[i7] = in.readDouble();
        }
        if (count6 > 0) {
            in.readInt();
        }
        double[] samples = items5;
        int count9 = in.readInt();
        int[] items8 = new int[count9];
        for (int i10 = 0; i10 < count9; i10++) {
            items8[i10] = in.readInt();
        }
        if (count9 > 0) {
            in.readInt();
        }
        int[] counts = items8;
        return new Numeric(samples, counts);
    }
}
