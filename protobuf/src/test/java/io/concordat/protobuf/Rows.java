package io.concordat.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows of the tables among the resources. */
final class Rows {
    private Rows() {}

    static List<Map<String, Object>> of(String table) {
        return new String(bytes("/" + table), UTF_8).lines().map(Rows::row).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(String line) {
        return (Map<String, Object>) Objects.requireNonNull(Json.read(line.getBytes(UTF_8)));
    }

    static byte[] bytes(String resource) {
        try (InputStream in = Rows.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String resource) {
        return new String(bytes(resource), UTF_8);
    }

    /** The files that a line of {@code schemas.jsonl} refers to. */
    static List<Reference> references(Map<String, Object> schema) {
        List<Reference> references = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(schema.get("references"))) {
            Map<?, ?> reference = (Map<?, ?>) each;
            references.add(new Reference(text(reference, "name"), ProtoParser.parse(text(reference, "text"))));
        }
        return references;
    }

    /** A member that has to be there. */
    static String text(Map<?, ?> row, String member) {
        return (String) Objects.requireNonNull(row.get(member), member);
    }
}
