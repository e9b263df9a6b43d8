package interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Values of all three languages, made of JSON and shown as JSON. */
final class Values {
    private static final Map<String, FileDescriptor> KNOWN = Stream.of(
                    Any.getDescriptor(),
                    Duration.getDescriptor(),
                    Empty.getDescriptor(),
                    FieldMask.getDescriptor(),
                    StringValue.getDescriptor(),
                    Struct.getDescriptor(),
                    Timestamp.getDescriptor())
            .map(Descriptor::getFile)
            .collect(Collectors.toMap(FileDescriptor::getName, Function.identity()));

    private Values() {}

    static Schema avroSchema(JsonNode row) {
        Schema.Parser parser = new Schema.Parser();
        row.path("referenced").forEach(referenced -> parser.parse(referenced.path("schema").asText()));
        return parser.parse(row.path("schema").asText());
    }

    static Object avro(JsonNode row) throws Exception {
        Schema schema = avroSchema(row);
        return new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, row.path("value").toString()));
    }

    static JsonNode avroJson(Schema schema, Object value) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
        new GenericDatumWriter<>(schema).write(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value, encoder);
        encoder.flush();
        String text = out.toString(StandardCharsets.UTF_8);
        return Http.JSON.readTree(text.isEmpty() ? "{}" : text);
    }

    /** @param serialized the descriptor of the row's file as the registry has it */
    static Message protobuf(JsonNode row, String serialized) throws Exception {
        FileDescriptorProto described =
                FileDescriptorProto.parseFrom(Base64.getDecoder().decode(serialized));
        List<FileDescriptor> imports = new ArrayList<>();
        for (String name : described.getDependencyList()) {
            imports.add(KNOWN.get(name));
        }
        FileDescriptor file = FileDescriptor.buildFrom(described, imports.toArray(new FileDescriptor[0]));
        Descriptor type = null;
        for (String part : row.path("message").asText().substring(file.getPackage().length() + 1).split("\\.")) {
            type = type == null ? file.findMessageTypeByName(part) : type.findNestedTypeByName(part);
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        JsonFormat.parser().merge(row.path("value").toString(), message);
        return message.build();
    }

    static JsonNode protobufJson(Message message) throws Exception {
        TypeRegistry types =
                TypeRegistry.newBuilder().add(message.getDescriptorForType()).build();
        return Http.JSON.readTree(JsonFormat.printer().usingTypeRegistry(types).print(message));
    }
}
