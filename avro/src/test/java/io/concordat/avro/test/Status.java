package io.concordat.avro.test;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.AvroGenerated;

@AvroGenerated
public enum Status implements GenericEnumSymbol<Status> {
    OPEN,
    default$,
    CLOSED;

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type":"enum","name":"Status","namespace":"io.concordat.avro.test","symbols":["OPEN","default","CLOSED"]}""");

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }
}
