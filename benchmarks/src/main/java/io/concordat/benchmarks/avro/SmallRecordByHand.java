package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.records.Small;

/** The small record in Java records, written and read as one would by hand for this schema alone. */
final class SmallRecordByHand implements Contender {

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
        at = Wire.putLong(out, at, record.id());
        at = Wire.putText(out, at, record.name());
        at = Wire.putBoolean(out, at, record.active());
        at = Wire.putDouble(out, at, record.score());
        at = Wire.putLong(out, at, record.visits());
        at = Wire.putText(out, at, record.country());
        return at;
    }

    private static Small readSmall(Wire.Input in) {
        long id = in.readLong();
        String name = in.readString();
        boolean active = in.readBoolean();
        double score = in.readDouble();
        long visits = in.readLong();
        String country = in.readString();
        return new Small(id, name, active, score, visits, country);
    }
}
