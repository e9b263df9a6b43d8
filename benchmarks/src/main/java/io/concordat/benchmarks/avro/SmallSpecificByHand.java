package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.specific.Small;

/** The small record in generated classes, written and read as one would by hand for this schema alone. */
final class SmallSpecificByHand implements Contender {

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putSmall((Small) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readSmall(new Wire.Input(bytes));
    }

    private static int putSmall(Small record, byte[] out, int start) {
        int at = start;
        at = Wire.putLong(out, at, record.getId());
        at = Wire.putText(out, at, record.getName());
        at = Wire.putBoolean(out, at, record.getActive());
        at = Wire.putDouble(out, at, record.getScore());
        at = Wire.putLong(out, at, record.getVisits());
        at = Wire.putText(out, at, record.getCountry());
        return at;
    }

    private static Small readSmall(Wire.Input in) {
        Small record = new Small();
        record.setId(in.readLong());
        record.setName(in.readString());
        record.setActive(in.readBoolean());
        record.setScore(in.readDouble());
        record.setVisits(in.readLong());
        record.setCountry(in.readString());
        return record;
    }
}
