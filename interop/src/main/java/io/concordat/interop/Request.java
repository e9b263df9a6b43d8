package io.concordat.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What is asked of the peer, or a row of the vectors: they name things alike. */
record Request(JsonNode body) {
    String text(String member) {
        JsonNode value = body.get(member);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the text '" + member + "' is missing");
        }
        return value.textValue();
    }

    JsonNode value() {
        JsonNode value = body.get("value");
        if (value == null) {
            throw new IllegalArgumentException("'value' is missing");
        }
        return value;
    }

    String topic() {
        return text("topic");
    }

    boolean isKey() {
        return body.path("isKey").asBoolean();
    }

    int count() {
        return body.path("count").asInt(1);
    }

    Optional<String> message() {
        return Optional.ofNullable(body.path("message").textValue());
    }

    /** The schema of the value, as it is or was registered. */
    SchemaContent schema() {
        return content(body);
    }

    /** The schema to read into, of the same language. */
    Optional<SchemaContent> reader() {
        return Optional.ofNullable(body.path("reader").textValue()).map(text -> SchemaContent.of(type(body), text));
    }

    List<Request> referenced() {
        List<Request> referenced = new ArrayList<>();
        body.path("referenced").forEach(each -> referenced.add(new Request(each)));
        return referenced;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(text("bytesHex"));
    }

    Headers headers() {
        Headers headers = new RecordHeaders();
        body.path("headers")
                .properties()
                .forEach(header -> headers.add(
                        header.getKey(),
                        HexFormat.of().parseHex(header.getValue().textValue())));
        return headers;
    }

    /** Settings of a Kafka client, the address of the registry added if they name none. */
    Map<String, Object> settings(String registryUrl) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", registryUrl);
        body.path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    static Map<String, String> hex(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), HexFormat.of().formatHex(header.value()));
        }
        return texts;
    }

    private static SchemaType type(JsonNode body) {
        return new SchemaType(body.path("schemaType").asText("AVRO"));
    }

    private SchemaContent content(JsonNode body) {
        List<SchemaReference> references = new ArrayList<>();
        body.path("references")
                .forEach(reference -> references.add(new SchemaReference(
                        reference.path("name").asText(),
                        reference.path("subject").asText(),
                        reference.path("version").asInt())));
        return SchemaContent.of(type(body), text("schema")).withReferences(references);
    }
}
