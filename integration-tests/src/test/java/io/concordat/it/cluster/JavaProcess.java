package io.concordat.it.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program of the test's class path as a process of its own, which can be killed, paused, and started again.
 *
 * <p>It says {@code ready} on its standard output when it is. None outlives the test's process.
 */
final class JavaProcess implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final long LONGEST_END_SECONDS = 60;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-processes"));
    }

    private final List<String> command = new ArrayList<>();
    private final Path errors;
    private Process process;

    /**
     * Launches it, and does not wait.
     *
     * @param errors where its complaints go
     * @param heap the most memory that its objects may take, as {@code -Xmx} has it
     * @param program its class, and what it is told
     */
    JavaProcess(Path errors, String heap, String... program) {
        this.errors = errors;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + heap));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(program));
        process = begin();
    }

    private Process begin() {
        try {
            Process begun = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            RUNNING.add(begun);
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Launches it once more. */
    void launch() {
        process = begin();
    }

    void awaitReady() {
        try {
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.contains("ready")) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the process ended before it was ready: " + complaints());
    }

    /** What it has complained about. */
    String complaints() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without a warning (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end (SIGTERM). */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Keeps it from doing anything, without its noticing (SIGSTOP). */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process did not end within " + LONGEST_END_SECONDS + " s");
            }
            RUNNING.remove(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
