package io.concordat.avro.test;

import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificFixed;

@AvroGenerated
public class Digest extends SpecificFixed {
    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type":"fixed","name":"Digest","namespace":"io.concordat.avro.test","size":2}""");

    public Digest() {}

    public Digest(byte[] bytes) {
        super(bytes);
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public void writeExternal(ObjectOutput out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void readExternal(ObjectInput in) {
        throw new UnsupportedOperationException();
    }
}
