package io.concordat.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.avro.AvroCodec;
import io.concordat.avro.AvroFormat;
import io.concordat.avro.AvroSchema;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.json.JsonCodec;
import io.concordat.json.JsonFormat;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.protobuf.ProtobufCodec;
import io.concordat.protobuf.ProtobufFormat;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Values to messages and back, by the classes that a Kafka client is given, without Kafka. */
final class Messages implements AutoCloseable {
    private static final String LOGICAL_TYPES = "avro.use.logical.type.converters";

    private final String registryUrl;
    private final SchemaRegistryClient client;

    Messages(String registryUrl) {
        this.registryUrl = registryUrl;
        client = SchemaRegistryClient.connect(registryUrl);
    }

    private static SchemaRegistryClient connect(Map<String, Object> settings) {
        return SchemaRegistryClient.connect(String.valueOf(settings.get("schema.registry.url")));
    }

    ObjectNode encode(Request request) throws IOException {
        Map<String, Object> settings = request.settings(registryUrl);
        Object value = prepare(request, settings);
        Headers headers = new RecordHeaders();
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>()) {
            serializer.configure(settings, request.isKey());
            byte[] bytes = serializer.serialize(request.topic(), headers, value);
            ObjectNode answer = Values.JSON.createObjectNode();
            answer.put("bytesHex", bytes == null ? null : HexFormat.of().formatHex(bytes));
            answer.set("headers", Values.JSON.valueToTree(Request.hex(headers)));
            return answer;
        }
    }

    /** The value to write. What it does not tell by itself, its schema, the settings will. */
    Object prepare(Request request, Map<String, Object> settings) throws IOException {
        try (SchemaRegistryClient its = connect(settings)) {
            SchemaContent content = request.schema();
            ParsedSchema schema = new Schemas(its.registry()).parse(content);
            boolean logical = Boolean.parseBoolean(String.valueOf(settings.get(LOGICAL_TYPES)));
            Object value = Values.read(schema, request.value(), request.message(), logical);
            if (!content.references().isEmpty() || isBare(schema, value)) {
                Subject subject = request.isKey() ? Subject.key(request.topic()) : Subject.value(request.topic());
                int id = its.register(subject, schema.content()).id();
                settings.put("auto.register.schemas", "false");
                settings.put("use.schema.id", Integer.toString(id));
                settings.put("id.compatibility.strict", "false");
            }
            return value;
        }
    }

    private static boolean isBare(ParsedSchema schema, Object value) {
        return schema instanceof AvroSchema && !(value instanceof GenericContainer);
    }

    ObjectNode decode(Request request) throws IOException {
        Map<String, Object> settings = request.settings(registryUrl);
        return request.reader().isPresent()
                ? decodeInto(request.reader().get(), request, settings)
                : decode(request.topic(), request.isKey(), request.headers(), request.bytes(), settings);
    }

    private static ObjectNode decodeInto(SchemaContent reader, Request request, Map<String, Object> settings)
            throws IOException {
        try (SchemaRegistryClient its = connect(settings);
                MessageSerializer messages = MessageSerializer.builder(its.registry())
                        .language(new AvroFormat(), new AvroCodec())
                        .language(new JsonFormat(), new JsonCodec())
                        .language(new ProtobufFormat(), new ProtobufCodec())
                        .build()) {
            ParsedSchema into = new Schemas(its.registry()).parse(reader);
            RecordPart part = request.isKey() ? RecordPart.KEY : RecordPart.VALUE;
            Object value = messages.decodeInto(into, request.topic(), part, request.bytes());
            return Values.JSON.createObjectNode().set("value", Values.write(into, value));
        }
    }

    static ObjectNode decode(String topic, boolean isKey, Headers headers, byte[] bytes, Map<String, Object> settings)
            throws IOException {
        try (SchemaRegistryClient its = connect(settings);
                RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(settings, isKey);
            Object value = deserializer.deserialize(topic, headers, bytes);
            SchemaContent written = writtenWith(its, isKey, headers, bytes);
            ParsedSchema schema = value instanceof GenericContainer container
                    ? AvroSchema.of(container.getSchema())
                    : new Schemas(its.registry()).parse(written);
            ObjectNode answer = Values.JSON.createObjectNode();
            answer.put("schemaType", written.type().toString());
            answer.put("schema", written.text());
            return answer.set("value", Values.write(schema, value));
        }
    }

    private static SchemaContent writtenWith(
            SchemaRegistryClient client, boolean isKey, Headers headers, byte[] bytes) {
        Header header = headers.lastHeader(isKey ? "__key_schema_id" : "__value_schema_id");
        ByteBuffer id = ByteBuffer.wrap(header == null ? bytes : header.value());
        return id.get() == 0
                ? client.schema(SchemaId.of(id.getInt())).content()
                : client.registry().schema(new UUID(id.getLong(), id.getLong()));
    }

    @Override
    public void close() {
        client.close();
    }
}
