package io.concordat.interop;

import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.Registry;
import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of {@code interop/vectors}. */
final class Vectors {
    /** Where their schemas are kept, under the ids that their bytes name. */
    static final String CONTEXT = ".vectors";

    private Vectors() {}

    static List<Request> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Vectors::row).toList();
        }
    }

    private static Request row(String line) {
        try {
            return new Request(Values.JSON.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Registers the schemas of all vectors in the context of their own. */
    static void register(Path folder, String registryUrl) throws IOException {
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(registryUrl)) {
            Set<Object> known = new HashSet<>();
            String context = ":" + CONTEXT + ":";
            client.registry().settings().updateMode(Subject.of(context), Mode.IMPORT, false);
            for (String file : List.of("avro.jsonl", "json.jsonl", "protobuf.jsonl")) {
                for (Request row : read(folder.resolve(file))) {
                    register(client.registry(), context, row, known);
                }
            }
        }
    }

    /**
     * Registers the schema of a row, after all that it refers to, under its id, which the registry must be ready for.
     *
     * @param prefix of the subjects: a context, or nothing
     * @param known the ids that are registered already
     */
    static void register(Registry registry, String prefix, Request row, Set<Object> known) {
        for (Request referenced : row.referenced()) {
            registerOne(registry, prefix + referenced.text("subject"), referenced, known);
        }
        registerOne(registry, prefix + row.topic() + (row.isKey() ? "-key" : "-value"), row, known);
    }

    private static void registerOne(Registry registry, String name, Request row, Set<Object> known) {
        int id = row.body().path("id").asInt();
        if (!known.add(name + " " + id)) {
            return;
        }
        Subject subject = Subject.of(name);
        int version = row.body().path("version").asInt();
        registry.register(subject, row.schema(), new RegisterOptions(false, false, id, version));
        String guid = row.schema().guid().toString();
        if (!guid.equals(row.text("guid"))) {
            throw new IllegalStateException("the GUID of '" + row.text("name") + "' is " + guid);
        }
    }
}
