package io.concordat.kafka;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A record as Avro's compiler makes it, as far as it matters here. */
public final class Coin extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    /** Found by name. */
    public static final Schema SCHEMA$ = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Coin\",\"namespace\":\"io.concordat.kafka\",\"fields\":["
                    + "{\"name\":\"cents\",\"type\":\"int\"}]}");

    private int cents;

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return cents;
    }

    @Override
    public void put(int field, Object value) {
        cents = (Integer) value;
    }
}
