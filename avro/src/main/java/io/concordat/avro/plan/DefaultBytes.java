package io.concordat.avro.plan;

import io.concordat.api.format.InvalidSchemaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The default values of fields, encoded. */
final class DefaultBytes {
    private DefaultBytes() {}

    /** The default that a field's own schema gives it; a field without a default has none. */
    static byte[] of(Schema.Field field) {
        try {
            return of(field, GenericData.get().getDefaultValue(field));
        } catch (InvalidSchemaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw invalid(field, e);
        }
    }

    static byte[] of(Schema.Field field, @Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<@Nullable Object>(field.schema(), GenericData.get()).write(value, encoder);
        } catch (IOException | RuntimeException e) {
            throw invalid(field, e);
        }
        return bytes.toByteArray();
    }

    private static InvalidSchemaException invalid(Schema.Field field, Exception cause) {
        return new InvalidSchemaException("The default of field '" + field.name() + "' is no value of its type", cause);
    }
}
