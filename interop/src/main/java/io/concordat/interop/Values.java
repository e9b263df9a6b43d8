package io.concordat.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.concordat.api.format.ParsedSchema;
import io.concordat.avro.AvroSchema;
import io.concordat.json.JsonEnvelope;
import io.concordat.json.JsonSchema;
import io.concordat.protobuf.ProtobufSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Values of all three languages as JSON, each in its own language's way: the form that any program can compare. */
final class Values {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final GenericData LOGICAL = new GenericData();

    static {
        LOGICAL.addLogicalTypeConversion(new Conversions.DecimalConversion());
        LOGICAL.addLogicalTypeConversion(new Conversions.BigDecimalConversion());
        LOGICAL.addLogicalTypeConversion(new Conversions.DurationConversion());
        LOGICAL.addLogicalTypeConversion(new Conversions.UUIDConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.DateConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        LOGICAL.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    }

    private Values() {}

    /**
     * A value to be written.
     *
     * @param message of Protobuf: the full name, if it is not the first one of the file
     * @param logical of Avro: whether dates, decimals and the like are to be objects of their Java types
     */
    static Object read(ParsedSchema schema, JsonNode json, Optional<String> message, boolean logical)
            throws IOException {
        if (schema instanceof AvroSchema avro) {
            return readAvro(avro.schema(), json, logical);
        }
        if (schema instanceof ProtobufSchema protobuf) {
            return readProtobuf(protobuf.descriptor(), json, message);
        }
        return new JsonEnvelope((JsonSchema) schema, json);
    }

    private static Object readAvro(Schema schema, JsonNode json, boolean logical) throws IOException {
        GenericDatumReader<Object> reader =
                new GenericDatumReader<>(schema, schema, logical ? LOGICAL : new GenericData());
        return reader.read(null, DecoderFactory.get().jsonDecoder(schema, JSON.writeValueAsString(json)));
    }

    private static Message readProtobuf(FileDescriptor file, JsonNode json, Optional<String> message)
            throws IOException {
        Descriptor type = message.map(name -> find(file, name))
                .orElseGet(() -> file.getMessageTypes().get(0));
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        JsonFormat.parser().usingTypeRegistry(types(type)).merge(JSON.writeValueAsString(json), builder);
        return builder.build();
    }

    private static Descriptor find(FileDescriptor file, String fullName) {
        String name = file.getPackage().isEmpty()
                ? fullName
                : fullName.substring(file.getPackage().length() + 1);
        Descriptor found = null;
        for (String part : name.split("\\.", -1)) {
            found = found == null ? file.findMessageTypeByName(part) : found.findNestedTypeByName(part);
            if (found == null) {
                throw new IllegalArgumentException("there is no message '" + fullName + "' in the file");
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("'' is no message's name");
        }
        return found;
    }

    /**
     * A value that was read.
     *
     * @param schema what it was read into
     */
    static JsonNode write(ParsedSchema schema, @Nullable Object value) throws IOException {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Message message) {
            return JSON.readTree(JsonFormat.printer()
                    .usingTypeRegistry(types(message.getDescriptorForType()))
                    .print(message));
        }
        return schema instanceof AvroSchema avro ? writeAvro(avro.schema(), value) : JSON.valueToTree(value);
    }

    private static JsonNode writeAvro(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
        new GenericDatumWriter<>(schema, LOGICAL)
                .write(value instanceof byte[] array ? ByteBuffer.wrap(array) : value, encoder);
        encoder.flush();
        String text = out.toString(UTF_8);
        return JSON.readTree(text.isEmpty() ? "{}" : text); // Avro writes nothing for a record without fields.
    }

    private static TypeRegistry types(Descriptor type) {
        return TypeRegistry.newBuilder().add(type).build();
    }
}
