package io.concordat.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes values under one schema. */
final class ValueWriter implements RecordCodec.Writer {
    private final Schema schema;

    ValueWriter(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        try {
            if (schema.getType() == Schema.Type.BYTES) {
                writeBare(value, out);
            } else {
                new Encoding(out, model(value)).write(schema, value);
            }
        } catch (Misfit e) {
            throw e.toRecordException();
        } catch (RuntimeException e) {
            // From the value's own methods, or because another thread changes it meanwhile.
            throw e instanceof RecordException known
                    ? known
                    : new RecordException("The value cannot be written: " + e, e);
        }
    }

    private static GenericData model(Object value) {
        return value instanceof SpecificRecordBase specific ? specific.getSpecificData() : GenericData.get();
    }

    private void writeBare(Object value, RecordBuffer out) {
        if (value instanceof byte[] bytes) {
            out.write(bytes, 0, bytes.length);
        } else if (value instanceof ByteBuffer buffer) {
            Encoding.writeRemaining(buffer, out);
        } else {
            throw Encoding.misfit(schema, value);
        }
    }
}
