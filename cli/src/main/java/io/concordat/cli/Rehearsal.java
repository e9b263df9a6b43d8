package io.concordat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A short life of {@code serve}: start, one request, stop. The script at the root runs it once after a build, to have the
 * classes that it loads archived for quicker starts.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Fails if the registry does not start and answer. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("concordat-rehearsal-");
        Path file = folder.resolve("registry.db");
        try (PipedInputStream printed = new PipedInputStream();
                PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8)) {
            Thread serve = new Thread(
                    () -> Main.run(out, System.err, "serve", "--port", "0", "--data", file.toString()), "serve");
            serve.setDaemon(true);
            serve.start();
            ask(readyLine(printed));
            serve.interrupt();
            serve.join();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static String readyLine(PipedInputStream printed) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8)).readLine());
    }

    private static void ask(String readyLine) throws IOException {
        String url = readyLine.replaceFirst(".*(http://[^ ,]*).*", "$1");
        URLConnection connection = URI.create(url + "/subjects").toURL().openConnection();
        connection.getInputStream().readAllBytes();
    }
}
