package io.concordat.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.it.cluster.Ask.Told;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that a node has, deleted versions included.
 *
 * @param versions by subject and version
 * @param entries as the node shows them, in its order
 */
record Contents(Map<String, Entry> versions, List<?> entries) {
    private static final int PAGE = 1_000;

    /** What is registered under one version. */
    record Entry(int id, String text) {}

    /** Asks a node that has replayed the log up to an offset. */
    static Contents of(URI node, String offset) {
        List<Object> entries = new ArrayList<>();
        for (List<?> page = page(node, offset, 0); !page.isEmpty(); page = page(node, offset, entries.size())) {
            entries.addAll(page);
        }
        Map<String, Entry> versions = new LinkedHashMap<>();
        for (Object entry : entries) {
            Map<?, ?> members = JsonShape.object("entry", entry);
            String version =
                    name(Objects.toString(members.get("subject")), JsonShape.number("version", members.get("version")));
            Entry before = versions.put(
                    version,
                    new Entry(JsonShape.number("id", members.get("id")), Objects.toString(members.get("schema"))));
            assertThat(before).as(version + " is there twice on " + node).isNull();
        }
        return new Contents(versions, entries);
    }

    private static List<?> page(URI node, String offset, int passedOver) {
        Told told = Ask.get(
                node,
                "/schemas?deleted=true&offset=" + passedOver + "&limit=" + PAGE,
                "X-Concordat-Min-Offset",
                offset);
        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        return (List<?>) Objects.requireNonNull(Json.read(told.body().getBytes(UTF_8)));
    }

    static String name(String subject, int version) {
        return subject + "/" + version;
    }

    /** What stands under the versions of one subject. */
    List<Entry> of(String subject) {
        return versions.entrySet().stream()
                .filter(version -> version.getKey().startsWith(subject + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every id has one text. */
    void checkIds(String where) {
        Map<Integer, String> texts = new LinkedHashMap<>();
        versions.forEach((version, entry) -> assertThat(texts.computeIfAbsent(entry.id(), id -> entry.text()))
                .as("id " + entry.id() + " of " + version + " on " + where)
                .isEqualTo(entry.text()));
    }
}
