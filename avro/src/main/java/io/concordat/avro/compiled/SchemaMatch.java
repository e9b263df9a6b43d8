package io.concordat.avro.compiled;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Whether records are of a schema, or of an equal one: the last of these is remembered. */
final class SchemaMatch {
    private final Schema schema;
    private volatile @Nullable Schema lastEqual;
    private volatile @Nullable Schema lastOther;

    SchemaMatch(Schema schema) {
        this.schema = schema;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean holds(@Nullable Object value) {
        if (!(value instanceof GenericData.Record record)) {
            return false;
        }
        Schema own = record.getSchema();
        return own == schema || own == lastEqual || (own != lastOther && compare(own));
    }

    private boolean compare(Schema own) {
        boolean isEqual = own.equals(schema);
        if (isEqual) {
            lastEqual = own;
        } else {
            lastOther = own;
        }
        return isEqual;
    }
}
