package io.concordat.it.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code concordat serve --config} as a process of its own, on a port that stays the same when it is started again. */
final class NodeProcess implements AutoCloseable {
    private final Path config;
    private final Path errors;
    private final URI url;
    private Process process;

    private NodeProcess(Path config, Path errors, URI url, Process process) {
        this.config = config;
        this.errors = errors;
        this.url = url;
        this.process = process;
    }

    /** Starts a node and waits until it says that it is ready. */
    static NodeProcess start(Path folder, String name, String bootstrapServers) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + freePort());
        Path config = Files.writeString(
                folder.resolve(name + ".properties"),
                String.join(
                        "\n",
                        "listeners=" + url,
                        "host.name=127.0.0.1",
                        "kafkastore.bootstrap.servers=PLAINTEXT://" + bootstrapServers,
                        "kafkastore.topic.replication.factor=1",
                        "kafkagroup.session.timeout.ms=3000",
                        "kafkagroup.heartbeat.interval.ms=300",
                        "shutdown.graceful.ms=3000",
                        "fencing=transactional"));
        Path errors = folder.resolve(name + ".err");
        return new NodeProcess(config, errors, url, launch(config, errors));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(Path config, Path errors) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.concordat.cli.Main",
                        "serve",
                        "--config",
                        config.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("ready")) {
                return process;
            }
        }
        throw new IOException("the node ended before it was ready: " + Files.readString(errors));
    }

    URI url() {
        return url;
    }

    /** What it has complained about. */
    String complaints() throws IOException {
        return Files.readString(errors);
    }

    /** Ends it without a warning. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Keeps it from doing anything, without its noticing. */
    void pause() throws IOException {
        signal("STOP");
    }

    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("kill -" + name + " ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void startAgain() throws IOException {
        process = launch(config, errors);
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the node did not end within 60 s");
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
