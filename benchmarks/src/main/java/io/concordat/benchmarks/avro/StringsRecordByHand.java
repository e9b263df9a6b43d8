package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.records.Strings;

/** The document in Java records, written and read as one would by hand for this schema alone. */
final class StringsRecordByHand implements Contender {

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
        at = Wire.putText(out, at, record.text1());
        at = Wire.putText(out, at, record.text2());
        at = Wire.putText(out, at, record.text3());
        at = Wire.putText(out, at, record.text4());
        at = Wire.putText(out, at, record.text5());
        at = Wire.putText(out, at, record.text6());
        at = Wire.putText(out, at, record.text7());
        at = Wire.putText(out, at, record.text8());
        at = Wire.putText(out, at, record.text9());
        at = Wire.putText(out, at, record.text10());
        at = Wire.putText(out, at, record.text11());
        at = Wire.putText(out, at, record.text12());
        at = Wire.putText(out, at, record.text13());
        at = Wire.putText(out, at, record.text14());
        at = Wire.putText(out, at, record.text15());
        at = Wire.putText(out, at, record.text16());
        at = Wire.putText(out, at, record.text17());
        at = Wire.putText(out, at, record.text18());
        at = Wire.putText(out, at, record.text19());
        at = Wire.putText(out, at, record.text20());
        return at;
    }

    private static Strings readStrings(Wire.Input in) {
        String text1 = in.readString();
        String text2 = in.readString();
        String text3 = in.readString();
        String text4 = in.readString();
        String text5 = in.readString();
        String text6 = in.readString();
        String text7 = in.readString();
        String text8 = in.readString();
        String text9 = in.readString();
        String text10 = in.readString();
        String text11 = in.readString();
        String text12 = in.readString();
        String text13 = in.readString();
        String text14 = in.readString();
        String text15 = in.readString();
        String text16 = in.readString();
        String text17 = in.readString();
        String text18 = in.readString();
        String text19 = in.readString();
        String text20 = in.readString();
        return new Strings(
                text1, text2, text3, text4, text5, text6, text7, text8, text9, text10, text11, text12, text13, text14,
                text15, text16, text17, text18, text19, text20);
    }
}
