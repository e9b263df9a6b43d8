package io.concordat.benchmarks.avro;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** The event in generic records, written and read as one would by hand for this schema alone. */
final class EventGenericByHand implements Contender {
    private static final Schema EVENT = Shape.EVENT.schema();
    private static final Schema KIND = Wire.type(EVENT, "Kind");
    private static final Schema CHANNEL = Wire.type(EVENT, "Channel");
    private static final Schema DEVICE = Wire.type(EVENT, "Device");
    private static final Schema LOCATION = Wire.type(EVENT, "Location");
    private static final Schema CARD = Wire.type(EVENT, "Card");
    private static final Schema TRANSFER = Wire.type(EVENT, "Transfer");
    private static final Schema ITEM = Wire.type(EVENT, "Item");
    private static final Schema CHECKSUM = Wire.type(EVENT, "Checksum");
    private static final GenericData.EnumSymbol[] KIND_VALUES = Wire.symbols(KIND);
    private static final GenericData.EnumSymbol[] CHANNEL_VALUES = Wire.symbols(CHANNEL);
    private static final Schema ITEMS_LIST = EVENT.getField("items").schema();

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putEvent((GenericData.Record) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readEvent(new Wire.Input(bytes));
    }

    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // The schema says so, and it is this very one.
    private static int putEvent(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putLong(out, at, ((Long) record.get(1)));
        at = Wire.putInt(out, at, KIND.getEnumOrdinal(((GenericData.EnumSymbol) record.get(2)).toString()));
        at = Wire.putInt(out, at, CHANNEL.getEnumOrdinal(((GenericData.EnumSymbol) record.get(3)).toString()));
        at = Wire.putLong(out, at, ((Long) record.get(4)));
        at = Wire.putLong(out, at, ((Long) record.get(5)));
        at = Wire.putText(out, at, ((Utf8) record.get(6)));
        at = Wire.putText(out, at, ((Utf8) record.get(7)));
        Utf8 value1 = (Utf8) record.get(8);
        if (value1 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value1);
        }
        Utf8 value2 = (Utf8) record.get(9);
        if (value2 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value2);
        }
        GenericData.Record value3 = (GenericData.Record) record.get(10);
        if (value3 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = putDevice(value3, out, at);
        }
        at = putLocation(((GenericData.Record) record.get(11)), out, at);
        Utf8 value4 = (Utf8) record.get(12);
        if (value4 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value4);
        }
        Utf8 value5 = (Utf8) record.get(13);
        if (value5 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value5);
        }
        Utf8 value6 = (Utf8) record.get(14);
        if (value6 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value6);
        }
        Long value7 = (Long) record.get(15);
        if (value7 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value7);
        }
        Integer value8 = (Integer) record.get(16);
        if (value8 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putInt(out, at, value8);
        }
        Double value9 = (Double) record.get(17);
        if (value9 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putDouble(out, at, value9);
        }
        Float value10 = (Float) record.get(18);
        if (value10 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putFloat(out, at, value10);
        }
        Boolean value11 = (Boolean) record.get(19);
        if (value11 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putBoolean(out, at, value11);
        }
        Utf8 value12 = (Utf8) record.get(20);
        if (value12 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value12);
        }
        Long value13 = (Long) record.get(21);
        if (value13 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value13);
        }
        at = Wire.putText(out, at, ((Utf8) record.get(22)));
        GenericData.Record value14 = (GenericData.Record) record.get(23);
        if (value14 == null) {
            out[at++] = 0;
        } else if (value14.getSchema() == CARD) {
            out[at++] = 2;
            at = putCard(value14, out, at);
        } else if (value14.getSchema() == TRANSFER) {
            out[at++] = 4;
            at = putTransfer(value14, out, at);
        } else {
            throw new IllegalArgumentException(value14.toString());
        }
        List<GenericData.Record> items15 = ((List<GenericData.Record>) record.get(24));
        if (!items15.isEmpty()) {
            at = Wire.putInt(out, at, items15.size());
            for (GenericData.Record item16 : items15) {
                at = putItem(item16, out, at);
            }
        }
        at = Wire.putInt(out, at, 0);
        Map<Utf8, Utf8> entries17 = ((Map<Utf8, Utf8>) record.get(25));
        if (!entries17.isEmpty()) {
            at = Wire.putInt(out, at, entries17.size());
            for (Map.Entry<Utf8, Utf8> entry18 : entries17.entrySet()) {
                at = Wire.putText(out, at, entry18.getKey());
                at = Wire.putText(out, at, entry18.getValue());
            }
        }
        at = Wire.putInt(out, at, 0);
        at = Wire.putFixed(out, at, ((GenericData.Fixed) record.get(26)).bytes());
        at = Wire.putBytes(out, at, ((ByteBuffer) record.get(27)));
        at = Wire.putInt(out, at, ((Integer) record.get(28)));
        at = Wire.putText(out, at, ((Utf8) record.get(29)));
        return at;
    }

    private static int putDevice(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        at = Wire.putInt(out, at, ((Integer) record.get(2)));
        at = Wire.putInt(out, at, ((Integer) record.get(3)));
        return at;
    }

    private static int putLocation(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putDouble(out, at, ((Double) record.get(0)));
        at = Wire.putDouble(out, at, ((Double) record.get(1)));
        at = Wire.putText(out, at, ((Utf8) record.get(2)));
        at = Wire.putText(out, at, ((Utf8) record.get(3)));
        return at;
    }

    private static int putCard(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        at = Wire.putInt(out, at, ((Integer) record.get(2)));
        return at;
    }

    private static int putTransfer(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        return at;
    }

    private static int putItem(GenericData.Record record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, ((Utf8) record.get(0)));
        at = Wire.putText(out, at, ((Utf8) record.get(1)));
        at = Wire.putInt(out, at, ((Integer) record.get(2)));
        at = Wire.putLong(out, at, ((Long) record.get(3)));
        return at;
    }

    private static GenericData.Record readEvent(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(EVENT);
        record.put(0, in.readUtf8());
        record.put(1, in.readLong());
        record.put(2, KIND_VALUES[in.readInt()]);
        record.put(3, CHANNEL_VALUES[in.readInt()]);
        record.put(4, in.readLong());
        record.put(5, in.readLong());
        record.put(6, in.readUtf8());
        record.put(7, in.readUtf8());
        record.put(8, in.readInt() == 0 ? null : in.readUtf8());
        record.put(9, in.readInt() == 0 ? null : in.readUtf8());
        record.put(10, in.readInt() == 0 ? null : readDevice(in));
        record.put(11, readLocation(in));
        record.put(12, in.readInt() == 0 ? null : in.readUtf8());
        record.put(13, in.readInt() == 0 ? null : in.readUtf8());
        record.put(14, in.readInt() == 0 ? null : in.readUtf8());
        record.put(15, in.readInt() == 0 ? null : in.readLong());
        record.put(16, in.readInt() == 0 ? null : in.readInt());
        record.put(17, in.readInt() == 0 ? null : in.readDouble());
        record.put(18, in.readInt() == 0 ? null : in.readFloat());
        record.put(19, in.readInt() == 0 ? null : in.readBoolean());
        record.put(20, in.readInt() == 0 ? null : in.readUtf8());
        record.put(21, in.readInt() == 0 ? null : in.readLong());
        record.put(22, in.readUtf8());
        int branch20 = in.readInt();
        record.put(23, branch20 == 0 ? null : branch20 == 1 ? readCard(in) : readTransfer(in));
        int count22 = in.readInt();
        GenericData.Array<GenericData.Record> items21 = new GenericData.Array<>(count22, ITEMS_LIST);
        for (int i23 = 0; i23 < count22; i23++) {
            items21.add(readItem(in));
        }
        if (count22 > 0) {
            in.readInt();
        }
        record.put(24, items21);
        int count25 = in.readInt();
        Map<Utf8, Utf8> entries24 = new HashMap<>(2 * count25);
        for (int i26 = 0; i26 < count25; i26++) {
            entries24.put(in.readUtf8(), in.readUtf8());
        }
        if (count25 > 0) {
            in.readInt();
        }
        record.put(25, entries24);
        record.put(26, new GenericData.Fixed(CHECKSUM, in.readFixed(16)));
        record.put(27, ByteBuffer.wrap(in.readBytes()));
        record.put(28, in.readInt());
        record.put(29, in.readUtf8());
        return record;
    }

    private static GenericData.Record readDevice(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(DEVICE);
        record.put(0, in.readUtf8());
        record.put(1, in.readUtf8());
        record.put(2, in.readInt());
        record.put(3, in.readInt());
        return record;
    }

    private static GenericData.Record readLocation(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(LOCATION);
        record.put(0, in.readDouble());
        record.put(1, in.readDouble());
        record.put(2, in.readUtf8());
        record.put(3, in.readUtf8());
        return record;
    }

    private static GenericData.Record readCard(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(CARD);
        record.put(0, in.readUtf8());
        record.put(1, in.readUtf8());
        record.put(2, in.readInt());
        return record;
    }

    private static GenericData.Record readTransfer(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(TRANSFER);
        record.put(0, in.readUtf8());
        record.put(1, in.readUtf8());
        return record;
    }

    private static GenericData.Record readItem(Wire.Input in) {
        GenericData.Record record = new GenericData.Record(ITEM);
        record.put(0, in.readUtf8());
        record.put(1, in.readUtf8());
        record.put(2, in.readInt());
        record.put(3, in.readLong());
        return record;
    }
}
