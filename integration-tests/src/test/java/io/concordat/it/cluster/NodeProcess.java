package io.concordat.it.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code concordat serve --config} as a process of its own, on a port that stays the same when it is started again. */
final class NodeProcess implements AutoCloseable {
    /** A session that brokers allow only if they are told to. */
    private static final List<String> SHORT_SESSION = List.of(
            "kafkastore.topic.replication.factor=1",
            "kafkagroup.session.timeout.ms=3000",
            "kafkagroup.heartbeat.interval.ms=300");

    private final URI url;
    private final JavaProcess process;

    private NodeProcess(URI url, JavaProcess process) {
        this.url = url;
        this.process = process;
    }

    /** Starts a node that follows a leader's end soon, and waits until it says that it is ready. */
    static NodeProcess start(Path folder, String name, String bootstrapServers) throws IOException {
        NodeProcess node = launch(folder, name, Ports.free(), bootstrapServers, SHORT_SESSION);
        node.awaitReady();
        return node;
    }

    /** Starts a node at a port, with more lines in its file than it needs, and does not wait. */
    static NodeProcess launch(Path folder, String name, int port, String bootstrapServers, List<String> more)
            throws IOException {
        URI url = URI.create("http://127.0.0.1:" + port);
        List<String> lines = new ArrayList<>(List.of(
                "listeners=" + url,
                "host.name=127.0.0.1",
                "kafkastore.bootstrap.servers=PLAINTEXT://" + bootstrapServers,
                "shutdown.graceful.ms=3000",
                "fencing=transactional"));
        lines.addAll(more);
        Path config = Files.write(folder.resolve(name + ".properties"), lines);
        return new NodeProcess(
                url,
                new JavaProcess(
                        folder.resolve(name + ".err"),
                        "192m",
                        "io.concordat.cli.Main",
                        "serve",
                        "--config",
                        config.toString()));
    }

    void awaitReady() {
        process.awaitReady();
    }

    URI url() {
        return url;
    }

    /** The part it plays in its cluster; nothing if it does not say. */
    String role() {
        try {
            return Objects.toString(Ask.get(url, "/health/ready").object().get("role"), "");
        } catch (java.io.UncheckedIOException e) {
            return "";
        }
    }

    /** What it has complained about. */
    String complaints() {
        return process.complaints();
    }

    void kill() {
        process.kill();
    }

    void stop() {
        process.stop();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    void startAgain() {
        process.launch();
        process.awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
