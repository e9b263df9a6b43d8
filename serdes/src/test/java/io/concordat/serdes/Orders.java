package io.concordat.serdes;

import io.concordat.api.SchemaContent;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Three versions of a record. */
final class Orders {
    static final SchemaContent V1 = version("");

    /** With an optional field more. */
    static final SchemaContent V2 = version(",{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}");

    /** With another field more. */
    static final SchemaContent V3 = version(",{\"name\":\"memo\",\"type\":\"string\",\"default\":\"\"}");

    /** With a required field more: not compatible with the first. */
    static final SchemaContent BROKEN = version(",{\"name\":\"total\",\"type\":\"long\"}");

    private Orders() {}

    static GenericRecord order(SchemaContent schema, int id) {
        return order(new Schema.Parser().parse(schema.text()), id);
    }

    static GenericRecord order(Schema schema, int id) {
        GenericRecord order = new GenericData.Record(schema);
        order.put("id", id);
        return order;
    }

    private static SchemaContent version(String more) {
        return SchemaContent.avro("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
                + "{\"name\":\"id\",\"type\":\"int\"}" + more + "]}");
    }
}
