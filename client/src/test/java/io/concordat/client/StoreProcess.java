package io.concordat.client;

import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A process of its own that works with a schema store. */
final class StoreProcess {
    static final int IDS = 20;

    private static final URI ANYWHERE = URI.create("http://localhost:8081");
    private static final Subject ORDERS = Subject.of("orders-value");

    private StoreProcess() {}

    /** Starts one: {@code write FOLDER}, {@code read URL FOLDER}. */
    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    static List<String> lines(BufferedReader reader) {
        return reader.lines().toList();
    }

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "write" -> write(Path.of(arguments[1]));
            case "read" -> read(arguments[1], Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static SchemaStore store(Path folder) {
        return new SchemaStore(Optional.of(new StoreDirectory(folder)), Optional.empty(), List.of(ANYWHERE));
    }

    /** Overwrites the same answers for ever, with others each time, and says so of each. */
    private static void write(Path folder) {
        SchemaStore store = store(folder);
        store.identify("one");
        while (true) {
            for (int id = 0; id < IDS; id++) {
                store.save(Question.id(SchemaId.of(id)), answer(id));
                System.out.println(id);
            }
        }
    }

    private static RegisteredSchema answer(int id) {
        // Of some length, and never the same.
        String text = "\"" + UUID.randomUUID().toString().repeat(200 + id) + "\"";
        SchemaContent content = SchemaContent.avro(text);
        return new RegisteredSchema(ORDERS, 1, id, content.guid(), content, Optional.empty(), false);
    }

    /** Asks for everything, and says how much was answered. */
    private static void read(String url, Path folder) {
        ClientConfig config = ClientConfig.builder()
                .url(url)
                .store(StoreConfig.NONE.withDirectory(folder))
                .build();
        int answers = 0;
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(config)) {
            for (int record = 0; record < 10_000; record++) {
                int id = record % IDS;
                if (client.schema(id).content().text().equals(StubRegistry.text(id))
                        && client.register(ORDERS, SchemaContent.avro("\"string\""), RegisterOptions.DEFAULT)
                                        .id()
                                == 7) {
                    answers++;
                }
            }
        }
        System.out.println(answers);
    }
}
