package io.concordat.benchmarks.avro;

import io.concordat.benchmarks.avro.records.Card;
import io.concordat.benchmarks.avro.records.Channel;
import io.concordat.benchmarks.avro.records.Device;
import io.concordat.benchmarks.avro.records.Event;
import io.concordat.benchmarks.avro.records.Item;
import io.concordat.benchmarks.avro.records.Kind;
import io.concordat.benchmarks.avro.records.Location;
import io.concordat.benchmarks.avro.records.Payment;
import io.concordat.benchmarks.avro.records.Transfer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The event in Java records, written and read as one would by hand for this schema alone. */
final class EventRecordByHand implements Contender {
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
        at = Wire.putText(out, at, record.eventId());
        at = Wire.putLong(out, at, record.sequence());
        at = Wire.putInt(out, at, record.kind().ordinal());
        at = Wire.putInt(out, at, record.channel().ordinal());
        at = Wire.putLong(out, at, record.createdAt().toEpochMilli());
        at = Wire.putLong(out, at, Wire.micros(record.receivedAt()));
        at = Wire.putText(out, at, record.tenant());
        at = Wire.putText(out, at, record.customer());
        String value1 = record.email();
        if (value1 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value1);
        }
        String value2 = record.phone();
        if (value2 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value2);
        }
        Device value3 = record.device();
        if (value3 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = putDevice(value3, out, at);
        }
        at = putLocation(record.location(), out, at);
        String value4 = record.referrer();
        if (value4 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value4);
        }
        String value5 = record.campaign();
        if (value5 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value5);
        }
        String value6 = record.sessionId();
        if (value6 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value6);
        }
        Long value7 = record.durationMs();
        if (value7 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value7);
        }
        Integer value8 = record.retries();
        if (value8 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putInt(out, at, value8);
        }
        Double value9 = record.score();
        if (value9 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putDouble(out, at, value9);
        }
        Float value10 = record.weight();
        if (value10 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putFloat(out, at, value10);
        }
        Boolean value11 = record.gift();
        if (value11 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putBoolean(out, at, value11);
        }
        String value12 = record.note();
        if (value12 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putText(out, at, value12);
        }
        Long value13 = record.parent();
        if (value13 == null) {
            out[at++] = 0;
        } else {
            out[at++] = 2;
            at = Wire.putLong(out, at, value13);
        }
        at = Wire.putText(out, at, record.language());
        Payment value14 = record.payment();
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
        List<Item> items17 = record.items();
        if (!items17.isEmpty()) {
            at = Wire.putInt(out, at, items17.size());
            for (Item item18 : items17) {
                at = putItem(item18, out, at);
            }
        }
        at = Wire.putInt(out, at, 0);
        Map<String, String> entries19 = record.attributes();
        if (!entries19.isEmpty()) {
            at = Wire.putInt(out, at, entries19.size());
            for (Map.Entry<String, String> entry20 : entries19.entrySet()) {
                at = Wire.putText(out, at, entry20.getKey());
                at = Wire.putText(out, at, entry20.getValue());
            }
        }
        at = Wire.putInt(out, at, 0);
        at = Wire.putFixed(out, at, record.checksum());
        at = Wire.putBytes(out, at, record.total().setScale(2).unscaledValue().toByteArray());
        at = Wire.putInt(out, at, record.flags());
        at = Wire.putText(out, at, record.version());
        return at;
    }

    private static int putDevice(Device record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.model());
        at = Wire.putText(out, at, record.os());
        at = Wire.putInt(out, at, record.width());
        at = Wire.putInt(out, at, record.height());
        return at;
    }

    private static int putLocation(Location record, byte[] out, int start) {
        int at = start;
        at = Wire.putDouble(out, at, record.latitude());
        at = Wire.putDouble(out, at, record.longitude());
        at = Wire.putText(out, at, record.country());
        at = Wire.putText(out, at, record.city());
        return at;
    }

    private static int putCard(Card record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.brand());
        at = Wire.putText(out, at, record.lastFour());
        at = Wire.putInt(out, at, record.expiryMonth());
        return at;
    }

    private static int putTransfer(Transfer record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.iban());
        at = Wire.putText(out, at, record.bank());
        return at;
    }

    private static int putItem(Item record, byte[] out, int start) {
        int at = start;
        at = Wire.putText(out, at, record.sku());
        at = Wire.putText(out, at, record.title());
        at = Wire.putInt(out, at, record.quantity());
        at = Wire.putLong(out, at, record.priceInCents());
        return at;
    }

    private static Event readEvent(Wire.Input in) {
        String eventId = in.readString();
        long sequence = in.readLong();
        Kind kind = KIND_VALUES[in.readInt()];
        Channel channel = CHANNEL_VALUES[in.readInt()];
        Instant createdAt = Instant.ofEpochMilli(in.readLong());
        Instant receivedAt = Wire.instant(in.readLong());
        String tenant = in.readString();
        String customer = in.readString();
        String email = in.readInt() == 0 ? null : in.readString();
        String phone = in.readInt() == 0 ? null : in.readString();
        Device device = in.readInt() == 0 ? null : readDevice(in);
        Location location = readLocation(in);
        String referrer = in.readInt() == 0 ? null : in.readString();
        String campaign = in.readInt() == 0 ? null : in.readString();
        String sessionId = in.readInt() == 0 ? null : in.readString();
        Long durationMs = in.readInt() == 0 ? null : in.readLong();
        Integer retries = in.readInt() == 0 ? null : in.readInt();
        Double score = in.readInt() == 0 ? null : in.readDouble();
        Float weight = in.readInt() == 0 ? null : in.readFloat();
        Boolean gift = in.readInt() == 0 ? null : in.readBoolean();
        String note = in.readInt() == 0 ? null : in.readString();
        Long parent = in.readInt() == 0 ? null : in.readLong();
        String language = in.readString();
        int branch22 = in.readInt();
        Payment payment = branch22 == 0 ? null : branch22 == 1 ? readCard(in) : readTransfer(in);
        int count24 = in.readInt();
        List<Item> items23 = new ArrayList<>(count24);
        for (int i25 = 0; i25 < count24; i25++) {
            items23.add(readItem(in));
        }
        if (count24 > 0) {
            in.readInt();
        }
        List<Item> items = items23;
        int count27 = in.readInt();
        Map<String, String> entries26 = new HashMap<>(2 * count27);
        for (int i28 = 0; i28 < count27; i28++) {
            entries26.put(in.readString(), in.readString());
        }
        if (count27 > 0) {
            in.readInt();
        }
        Map<String, String> attributes = entries26;
        byte[] checksum = in.readFixed(16);
        BigDecimal total = new BigDecimal(new BigInteger(in.readBytes()), 2);
        int flags = in.readInt();
        String version = in.readString();
        return new Event(
                eventId,
                sequence,
                kind,
                channel,
                createdAt,
                receivedAt,
                tenant,
                customer,
                email,
                phone,
                device,
                location,
                referrer,
                campaign,
                sessionId,
                durationMs,
                retries,
                score,
                weight,
                gift,
                note,
                parent,
                language,
                payment,
                items,
                attributes,
                checksum,
                total,
                flags,
                version);
    }

    private static Device readDevice(Wire.Input in) {
        String model = in.readString();
        String os = in.readString();
        int width = in.readInt();
        int height = in.readInt();
        return new Device(model, os, width, height);
    }

    private static Location readLocation(Wire.Input in) {
        double latitude = in.readDouble();
        double longitude = in.readDouble();
        String country = in.readString();
        String city = in.readString();
        return new Location(latitude, longitude, country, city);
    }

    private static Card readCard(Wire.Input in) {
        String brand = in.readString();
        String lastFour = in.readString();
        int expiryMonth = in.readInt();
        return new Card(brand, lastFour, expiryMonth);
    }

    private static Transfer readTransfer(Wire.Input in) {
        String iban = in.readString();
        String bank = in.readString();
        return new Transfer(iban, bank);
    }

    private static Item readItem(Wire.Input in) {
        String sku = in.readString();
        String title = in.readString();
        int quantity = in.readInt();
        long priceInCents = in.readLong();
        return new Item(sku, title, quantity, priceInCents);
    }
}
