package io.concordat.it.kafka;

import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificRecordBase;

/** A record class of the shape that Avro generates, with what tests need of it. */
@AvroGenerated
public final class Payment extends SpecificRecordBase {
    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type":"record","name":"Payment","namespace":"io.concordat.it.kafka","fields":[
              {"name":"account","type":{"type":"string","avro.java.string":"String"}},
              {"name":"cents","type":"long"}]}""");

    private static final long serialVersionUID = 1L;

    private String account = "";
    private long cents;

    /** For Avro. */
    public Payment() {}

    Payment(String account, long cents) {
        this.account = account;
        this.cents = cents;
    }

    String account() {
        return account;
    }

    long cents() {
        return cents;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return field == 0 ? account : (Object) cents;
    }

    @Override
    public void put(int field, Object value) {
        if (field == 0) {
            account = value.toString();
        } else {
            cents = (Long) value;
        }
    }
}
