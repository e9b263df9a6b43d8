package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class StoreProcessTest {
    /** How often a process is killed; {@code .ci/run} asks for more. */
    private static final int KILLS = Integer.getInteger("concordat.store.kills", 8);

    @TempDir
    Path folder;

    @Test
    void freshProcesses_registryGone_handleTenThousandRecordsWithOneWarning() throws Exception {
        StubRegistry stub = new StubRegistry();
        try {
            Finished first = run("read", stub.url(), folder.toString());
            assertThat(first.output).containsExactly("10000");
            assertThat(first.warnings).isEmpty();
        } finally {
            stub.close();
        }

        for (int i = 0; i < 2; i++) {
            Finished later = run("read", stub.url(), folder.toString());
            assertThat(later.output).containsExactly("10000");
            assertThat(later.warnings).singleElement().asString().contains("schemas come from " + folder);
        }
    }

    @Test
    void writers_killedInTheMiddle_neverLeaveHalfAnAnswer() throws Exception {
        long seed = Long.getLong("concordat.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process one = StoreProcess.start("write", folder.toString());
            Process other = StoreProcess.start("write", folder.toString());
            try {
                awaitLines(one, 1 + random.nextInt(60));
                awaitLines(other, 1 + random.nextInt(20));
            } finally {
                one.destroyForcibly().waitFor();
                other.destroyForcibly().waitFor();
            }
            assertThat(unreadableFiles()).as("seed %d, kill %d", seed, kill).isEmpty();
        }
        SchemaStore store = StoreProcess.store(folder);
        for (int id = 0; id < 10; id++) {
            Optional<RegisteredSchema> answer = store.find(Question.id(SchemaId.of(id)));
            assertThat(answer).as("seed %d, id %d", seed, id).isPresent();
        }
    }

    private static void awaitLines(Process process, int count) throws IOException {
        BufferedReader output = process.inputReader();
        for (int i = 0; i < count; i++) {
            assertThat(output.readLine()).isNotNull();
        }
    }

    /** Those that are there under their final name, and are not whole. */
    private List<Path> unreadableFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".tmp"))
                    .filter(file -> StoredAnswer.unsealed(contents(file)).isEmpty())
                    .toList();
        }
    }

    private static byte[] contents(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finished run(String... arguments) throws Exception {
        Process process = StoreProcess.start(arguments);
        process.getOutputStream().close();
        List<String> output = StoreProcess.lines(process.inputReader(UTF_8));
        List<String> errors = StoreProcess.lines(process.errorReader(UTF_8));
        assertThat(process.waitFor()).as(String.join("\n", errors)).isZero();
        return new Finished(
                output,
                errors.stream().filter(line -> line.startsWith("WARNING")).toList());
    }

    private record Finished(List<String> output, List<String> warnings) {}
}
