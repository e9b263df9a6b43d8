package io.concordat.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Changes to a record's schema, good and bad. */
final class Evolution {
    private Evolution() {}

    /** The same record with one more field, which old records lack. */
    static Schema withOptionalInt(Schema schema, String field) {
        List<Schema.Field> fields = copies(schema, "");
        Schema optional = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.INT));
        fields.add(new Schema.Field(field, optional, null, Schema.Field.NULL_DEFAULT_VALUE));
        return record(schema, fields);
    }

    /** The same record with one field turned into a string. */
    static Schema withString(Schema schema, String field) {
        return record(schema, copies(schema, field));
    }

    private static List<Schema.Field> copies(Schema schema, String asString) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(
                    field.name().equals(asString)
                            ? new Schema.Field(field.name(), Schema.create(Schema.Type.STRING))
                            : new Schema.Field(field, field.schema()));
        }
        return fields;
    }

    private static Schema record(Schema like, List<Schema.Field> fields) {
        return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
    }
}
