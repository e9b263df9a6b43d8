package io.concordat.it.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code concordat serve} as a process of its own, on a free port. */
final class ServeProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://\\S+:\\d+");

    private final Process process;
    private final String url;

    private ServeProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it and waits until it says that it is ready. */
    static ServeProcess start(Path data) throws IOException {
        Path errors = data.resolveSibling("serve.err");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.concordat.cli.Main",
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString()))
                .redirectError(errors.toFile())
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher url = URL.matcher(line);
            if (url.find()) {
                return new ServeProcess(process, url.group());
            }
        }
        throw new IOException("serve ended before it was ready: " + Files.readString(errors));
    }

    String url() {
        return url;
    }

    /** Ends it without a warning (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end (SIGTERM). */
    int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("serve did not end within 30 s");
            }
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
