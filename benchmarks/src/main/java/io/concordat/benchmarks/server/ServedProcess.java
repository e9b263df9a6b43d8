package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that is measured, seen from outside. */
final class ServedProcess implements AutoCloseable {
    private static final String HEAP = "-Xmx512m";

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private ServedProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
    }

    static ServedProcess start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ServedProcess(new ProcessBuilder(
                        java.toString(), HEAP, "-cp", System.getProperty("java.class.path"), Served.class.getName())
                .redirectError(Redirect.INHERIT)
                .start());
    }

    /** The port of a registry over that file. */
    int registry(Path file) throws IOException {
        return (int) ask("registry " + file);
    }

    /** The port of a node of a cluster over the topic of those brokers. */
    int node(String brokers) throws IOException {
        return (int) ask("node " + brokers);
    }

    /** The port of a server that has one answer. */
    int fixed(String answer) throws IOException {
        return (int) ask("fixed " + answer);
    }

    /** How many nanoseconds of processor time it has used. */
    long cpu() throws IOException {
        return ask("cpu");
    }

    /** How many bytes of its heap are in use after a collection. */
    long heap() throws IOException {
        return ask("heap");
    }

    private long ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The measured process has ended instead of doing '" + order + "'");
        }
        return Long.parseLong(answer);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
