package io.concordat.avro.test;

import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

@AvroGenerated
public class Line extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type":"record","name":"Line","namespace":"io.concordat.avro.test","fields":[
              {"name":"price","type":"double"}]}""");

    public double price;

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return price;
    }

    @Override
    public void put(int field, @Nullable Object value) {
        price = (Double) Objects.requireNonNull(value);
    }
}
