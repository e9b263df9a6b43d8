package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.specific.Strings;

/** The document in generated classes, written and read as one would by hand for this schema alone. */
final class StringsSpecificByHand implements Contender {

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putStrings((Strings) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readStrings(new Wire.Input(bytes));
    }

    private static int putStrings(Strings record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getText1());
        at = Wire.putText(out, at, record.getText2());
        at = Wire.putText(out, at, record.getText3());
        at = Wire.putText(out, at, record.getText4());
        at = Wire.putText(out, at, record.getText5());
        at = Wire.putText(out, at, record.getText6());
        at = Wire.putText(out, at, record.getText7());
        at = Wire.putText(out, at, record.getText8());
        at = Wire.putText(out, at, record.getText9());
        at = Wire.putText(out, at, record.getText10());
        at = Wire.putText(out, at, record.getText11());
        at = Wire.putText(out, at, record.getText12());
        at = Wire.putText(out, at, record.getText13());
        at = Wire.putText(out, at, record.getText14());
        at = Wire.putText(out, at, record.getText15());
        at = Wire.putText(out, at, record.getText16());
        at = Wire.putText(out, at, record.getText17());
        at = Wire.putText(out, at, record.getText18());
        at = Wire.putText(out, at, record.getText19());
        at = Wire.putText(out, at, record.getText20());
        return at;
    }

    private static Strings readStrings(Wire.Input in) {
        Strings record = new Strings();
        record.setText1(in.readString());
        record.setText2(in.readString());
        record.setText3(in.readString());
        record.setText4(in.readString());
        record.setText5(in.readString());
        record.setText6(in.readString());
        record.setText7(in.readString());
        record.setText8(in.readString());
        record.setText9(in.readString());
        record.setText10(in.readString());
        record.setText11(in.readString());
        record.setText12(in.readString());
        record.setText13(in.readString());
        record.setText14(in.readString());
        record.setText15(in.readString());
        record.setText16(in.readString());
        record.setText17(in.readString());
        record.setText18(in.readString());
        record.setText19(in.readString());
        record.setText20(in.readString());
        return record;
    }
}
