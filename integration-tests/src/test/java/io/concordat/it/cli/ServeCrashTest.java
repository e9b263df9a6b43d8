package io.concordat.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.Deleted;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.ClientConfig;
import io.concordat.client.HttpRegistry;
import io.concordat.client.RetryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What has been acknowledged is there after {@code kill -9}. */
@Timeout(300)
class ServeCrashTest {
    private static final int ROUNDS = 20;
    private static final int THREADS = 4;
    private static final int MOST_PER_ROUND = 60;
    private static final List<Subject> SUBJECTS =
            List.of(Subject.of("orders-value"), Subject.of("clicks-value"), Subject.of(":.other:orders-value"));

    private final long seed = Long.getLong("concordat.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void serve_killedWhileRegistering_keepsWhatItAcknowledged(@TempDir Path folder) throws Exception {
        System.out.println("ServeCrashTest: -Dconcordat.test.seed=" + seed);
        Path data = folder.resolve("registry.db");
        List<Acknowledged> before = List.of();
        List<Acknowledged> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServeProcess serve = ServeProcess.start(data);
                    Registry registry = client(serve)) {
                verify(registry, before);
                before = registerUntilKilled(serve, registry, round);
                all.addAll(before);
            }
        }
        try (ServeProcess serve = ServeProcess.start(data);
                Registry registry = client(serve)) {
            verify(registry, all);
            verifyIds(registry, all);
        }
        assertThat(all).hasSizeGreaterThan(ROUNDS);
    }

    @Test
    void serve_asked_endsAndLeavesAFileThatOpensAgain(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("registry.db");
        RegisteredSchema registered;
        try (ServeProcess serve = ServeProcess.start(data);
                Registry registry = client(serve)) {
            registered = registry.register(SUBJECTS.get(0), schema("only"), RegisterOptions.DEFAULT);

            assertThat(serve.stop()).isEqualTo(128 + 15);
        }
        assertThat(folder.resolve("registry.db-wal")).doesNotExist();
        try (ServeProcess serve = ServeProcess.start(data);
                Registry registry = client(serve)) {
            assertThat(registry.schema(registered.schemaId()).content()).isEqualTo(schema("only"));
        }
    }

    /** Kills it at a random point of the work of several threads; what they had an answer for by then. */
    private List<Acknowledged> registerUntilKilled(ServeProcess serve, Registry registry, int round) throws Exception {
        Queue<Acknowledged> answers = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(random.nextInt(MOST_PER_ROUND));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> working = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String name = "r" + round + "_t" + thread + "_";
            Random choices = new Random(random.nextLong());
            working.add(threads.submit(() -> registerUntilItFails(registry, name, choices, answers, enough)));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        serve.kill();
        for (Future<?> work : working) {
            work.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        return List.copyOf(answers);
    }

    private static void registerUntilItFails(
            Registry registry, String name, Random choices, Queue<Acknowledged> answers, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            Subject subject = SUBJECTS.get(choices.nextInt(SUBJECTS.size()));
            SchemaContent schema = schema(name + i);
            try {
                RegisteredSchema answer = registry.register(subject, schema, RegisterOptions.DEFAULT);
                answers.add(new Acknowledged(subject, schema.text(), answer.id()));
                enough.countDown();
            } catch (RegistryException e) {
                assertThat(e.isRetriable())
                        .as("a killed registry, not a refusal: %s", e)
                        .isTrue();
                return;
            }
        }
    }

    /** Every answer still holds, and no version is missing below another. */
    private static void verify(Registry registry, List<Acknowledged> answers) {
        Map<Subject, List<Integer>> versions = new HashMap<>();
        for (Subject subject : registry.subjects(":*:", Deleted.EXCLUDED)) {
            List<Integer> numbers = registry.versions(subject, Deleted.EXCLUDED);
            assertThat(numbers)
                    .as("versions of %s", subject)
                    .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
            versions.put(subject, numbers);
        }
        for (Acknowledged answer : answers) {
            SchemaId id = new SchemaId(answer.subject().context(), answer.id());
            assertThat(registry.schema(id).content().text())
                    .as("content of %s", id)
                    .isEqualTo(answer.text());
            RegisteredSchema found =
                    registry.lookUp(answer.subject(), SchemaContent.avro(answer.text()), LookupOptions.DEFAULT);
            assertThat(found.id()).as("id of %s", answer).isEqualTo(answer.id());
            assertThat(versions.get(answer.subject())).contains(found.version());
        }
    }

    /** No id stands for two contents: neither among the answers, nor between them and what is stored without one. */
    private static void verifyIds(Registry registry, List<Acknowledged> answers) {
        Map<SchemaId, String> texts = new HashMap<>();
        for (Acknowledged answer : answers) {
            SchemaId id = new SchemaId(answer.subject().context(), answer.id());
            assertThat(texts.put(id, answer.text()))
                    .as("other content acknowledged under %s", id)
                    .isNull();
        }
        for (Subject subject : SUBJECTS) {
            for (int version : registry.versions(subject, Deleted.EXCLUDED)) {
                RegisteredSchema row = registry.version(subject, VersionSpec.of(version));
                String text = row.content().text();
                String other = texts.putIfAbsent(row.schemaId(), text);
                assertThat(other == null ? text : other)
                        .as("content of %s", row.schemaId())
                        .isEqualTo(text);
            }
        }
    }

    /** A schema that is compatible with every other of its kind, in canonical form. */
    private static SchemaContent schema(String field) {
        return SchemaContent.avro("{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"" + field
                + "\",\"type\":[\"null\",\"int\"],\"default\":null}]}");
    }

    /** It asks once: what was killed does not come back under its address. */
    private static Registry client(ServeProcess serve) {
        return new HttpRegistry(ClientConfig.builder()
                .url(serve.url())
                .retries(RetryConfig.DEFAULT.withRetries(0))
                .build());
    }
}
