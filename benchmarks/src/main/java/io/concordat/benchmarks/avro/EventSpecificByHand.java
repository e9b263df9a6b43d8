package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.specific.Card;
import io.concordat.benchmarks.avro.specific.Channel;
import io.concordat.benchmarks.avro.specific.Checksum;
import io.concordat.benchmarks.avro.specific.Device;
import io.concordat.benchmarks.avro.specific.Event;
import io.concordat.benchmarks.avro.specific.Item;
import io.concordat.benchmarks.avro.specific.Kind;
import io.concordat.benchmarks.avro.specific.Location;
import io.concordat.benchmarks.avro.specific.Transfer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The event in generated classes, written and read as one would by hand for this schema alone. */
final class EventSpecificByHand implements Contender {
    private static final Kind[] KIND_VALUES = Kind.values();
    private static final Channel[] CHANNEL_VALUES = Channel.values();

    private final byte[] out = new byte[Wire.CAPACITY];

    @Override
    public byte[] encode(Object value) {
        return Wire.copy(out, putEvent((Event) value, out, 0));
    }

    @Override
    public Object decode(byte[] bytes) {
        return readEvent(new Wire.Input(bytes));
    }

    @SuppressWarnings("EnumOrdinal") // The symbols are in the order of the constants.
    private static int putEvent(Event record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getEventId());
        at = Wire.putLong(out, at, record.getSequence());
        at = Wire.putInt(out, at, record.getKind().ordinal());
        at = Wire.putInt(out, at, record.getChannel().ordinal());
        at = Wire.putLong(out, at, record.getCreatedAt().toEpochMilli());
        at = Wire.putLong(out, at, Wire.micros(record.getReceivedAt()));
        at = Wire.putText(out, at, record.getTenant());
        at = Wire.putText(out, at, record.getCustomer());
        String value1 = record.getEmail();
        if (value1 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value1);
        }
        String value2 = record.getPhone();
        if (value2 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value2);
        }
        Device value3 = record.getDevice();
        if (value3 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = putDevice(value3, out, at);
        }
        at = putLocation(record.getLocation(), out, at);
        String value4 = record.getReferrer();
        if (value4 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value4);
        }
        String value5 = record.getCampaign();
        if (value5 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value5);
        }
        String value6 = record.getSessionId();
        if (value6 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value6);
        }
        Long value7 = record.getDurationMs();
        if (value7 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value7);
        }
        Integer value8 = record.getRetries();
        if (value8 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putInt(out, at, value8);
        }
        Double value9 = record.getScore();
        if (value9 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putDouble(out, at, value9);
        }
        Float value10 = record.getWeight();
        if (value10 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putFloat(out, at, value10);
        }
        Boolean value11 = record.getGift();
        if (value11 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putBoolean(out, at, value11);
        }
        String value12 = record.getNote();
        if (value12 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value12);
        }
        Long value13 = record.getParent();
        if (value13 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value13);
        }
        at = Wire.putText(out, at, record.getLanguage());
        Object value14 = record.getPayment();
        if (value14 == null) {
            out[at++] = 0;
        } else if (value14 instanceof Card branch15) {
            out[at++] = 2;
            at = putCard(branch15, out, at);
        } else if (value14 instanceof Transfer branch16) {
            out[at++] = 4;
            at = putTransfer(branch16, out, at);
        } else {
            throw new IllegalArgumentException(value14.toString());
        }
        List<Item> items17 = record.getItems();
        if (!items17.isEmpty()) {
            at = Wire.putInt(out, at, items17.size());
            for (Item item18 : items17) {
                at = putItem(item18, out, at);
            }
        }
        at = Wire.putInt(out, at, 0);
        Map<String, String> entries19 = record.getAttributes();
        if (!entries19.isEmpty()) {
            at = Wire.putInt(out, at, entries19.size());
            for (Map.Entry<String, String> entry20 : entries19.entrySet()) {
                at = Wire.putText(out, at, entry20.getKey());
                at = Wire.putText(out, at, entry20.getValue());
            }
        }
        at = Wire.putInt(out, at, 0);
        at = Wire.putFixed(out, at, record.getChecksum().bytes());
        at = Wire.putBytes(
                out, at, record.getTotal().setScale(2).unscaledValue().toByteArray());
        at = Wire.putInt(out, at, record.getFlags());
        at = Wire.putText(out, at, record.getVersion());
        return at;
    }

    private static int putDevice(Device record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getModel());
        at = Wire.putText(out, at, record.getOs());
        at = Wire.putInt(out, at, record.getWidth());
        at = Wire.putInt(out, at, record.getHeight());
        return at;
    }

    private static int putLocation(Location record, byte[] out, int start) {
        int at = start;
        at = Wire.putDouble(out, at, record.getLatitude());
        at = Wire.putDouble(out, at, record.getLongitude());
        at = Wire.putText(out, at, record.getCountry());
        at = Wire.putText(out, at, record.getCity());
        return at;
    }

    private static int putCard(Card record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getBrand());
        at = Wire.putText(out, at, record.getLastFour());
        at = Wire.putInt(out, at, record.getExpiryMonth());
        return at;
    }

    private static int putTransfer(Transfer record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getIban());
        at = Wire.putText(out, at, record.getBank());
        return at;
    }

    private static int putItem(Item record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.getSku());
        at = Wire.putText(out, at, record.getTitle());
        at = Wire.putInt(out, at, record.getQuantity());
        at = Wire.putLong(out, at, record.getPriceInCents());
        return at;
    }

    private static Event readEvent(Wire.Input in) {
        Event record = new Event();
        record.setEventId(in.readString());
        record.setSequence(in.readLong());
        record.setKind(KIND_VALUES[in.readInt()]);
        record.setChannel(CHANNEL_VALUES[in.readInt()]);
        record.setCreatedAt(Instant.ofEpochMilli(in.readLong()));
        record.setReceivedAt(Wire.instant(in.readLong()));
        record.setTenant(in.readString());
        record.setCustomer(in.readString());
        record.setEmail(in.readInt() == 0 ? null : in.readString());
        record.setPhone(in.readInt() == 0 ? null : in.readString());
        record.setDevice(in.readInt() == 0 ? null : readDevice(in));
        record.setLocation(readLocation(in));
        record.setReferrer(in.readInt() == 0 ? null : in.readString());
        record.setCampaign(in.readInt() == 0 ? null : in.readString());
        record.setSessionId(in.readInt() == 0 ? null : in.readString());
        record.setDurationMs(in.readInt() == 0 ? null : in.readLong());
        record.setRetries(in.readInt() == 0 ? null : in.readInt());
        record.setScore(in.readInt() == 0 ? null : in.readDouble());
        record.setWeight(in.readInt() == 0 ? null : in.readFloat());
        record.setGift(in.readInt() == 0 ? null : in.readBoolean());
        record.setNote(in.readInt() == 0 ? null : in.readString());
        record.setParent(in.readInt() == 0 ? null : in.readLong());
        record.setLanguage(in.readString());
        int branch22 = in.readInt();
        record.setPayment(branch22 == 0 ? null : branch22 == 1 ? readCard(in) : readTransfer(in));
        int count24 = in.readInt();
        List<Item> items23 = new ArrayList<>(count24);
        for (int i25 = 0; i25 < count24; i25++) {
            items23.add(readItem(in));
        }
        if (count24 > 0) {
            in.readInt();
        }
        record.setItems(items23);
        int count27 = in.readInt();
        Map<String, String> entries26 = new HashMap<>(2 * count27);
        for (int i28 = 0; i28 < count27; i28++) {
            entries26.put(in.readString(), in.readString());
        }
        if (count27 > 0) {
            in.readInt();
        }
        record.setAttributes(entries26);
        record.setChecksum(new Checksum(in.readFixed(16)));
        record.setTotal(new BigDecimal(new BigInteger(in.readBytes()), 2));
        record.setFlags(in.readInt());
        record.setVersion(in.readString());
        return record;
    }

    private static Device readDevice(Wire.Input in) {
        Device record = new Device();
        record.setModel(in.readString());
        record.setOs(in.readString());
        record.setWidth(in.readInt());
        record.setHeight(in.readInt());
        return record;
    }

    private static Location readLocation(Wire.Input in) {
        Location record = new Location();
        record.setLatitude(in.readDouble());
        record.setLongitude(in.readDouble());
        record.setCountry(in.readString());
        record.setCity(in.readString());
        return record;
    }

    private static Card readCard(Wire.Input in) {
        Card record = new Card();
        record.setBrand(in.readString());
        record.setLastFour(in.readString());
        record.setExpiryMonth(in.readInt());
        return record;
    }

    private static Transfer readTransfer(Wire.Input in) {
        Transfer record = new Transfer();
        record.setIban(in.readString());
        record.setBank(in.readString());
        return record;
    }

    private static Item readItem(Wire.Input in) {
        Item record = new Item();
        record.setSku(in.readString());
        record.setTitle(in.readString());
        record.setQuantity(in.readInt());
        record.setPriceInCents(in.readLong());
        return record;
    }
}
