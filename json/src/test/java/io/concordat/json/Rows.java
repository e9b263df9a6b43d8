package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The rows of a table in the test resources. */
final class Rows {
    static final ObjectMapper JSON = new ObjectMapper();

    private Rows() {}

    static Stream<JsonNode> of(String table) {
        return of(table, JSON);
    }

    static Stream<JsonNode> of(String table, ObjectMapper mapper) {
        try (InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream("/" + table), table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> json(line, mapper));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text, ObjectMapper mapper) {
        try {
            return mapper.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
