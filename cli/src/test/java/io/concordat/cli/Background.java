package io.concordat.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call of a command that runs until it is stopped, on a thread of this process. */
final class Background implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://\\S+:\\d+");
    private static final int PATIENCE_SECONDS = 60;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final ByteArrayOutputStream out;
    private final Thread thread;

    private Background(String readyLine, String... args) {
        out = new LineWatch(readyLine, ready);
        thread = new Thread(
                () -> {
                    int ended = Main.run(Run.stream(out), Run.stream(err), args);
                    status.complete(ended);
                    ready.completeExceptionally(
                            new IllegalStateException("ended with status " + ended + ": " + errors()));
                },
                "command");
        thread.start();
    }

    /** Starts a command and waits until it has printed a line with that word in it. */
    static Background start(String readyLine, String... args) {
        Background command = new Background(readyLine, args);
        command.output();
        return command;
    }

    /** What it printed until it was ready. */
    String output() {
        return ready.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What it has printed by now. */
    String outputSoFar() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Where it says that the registry is. */
    String url() {
        Matcher url = URL.matcher(output());
        if (!url.find()) {
            throw new IllegalStateException("no address in: " + output());
        }
        return url.group();
    }

    /** Ends it. */
    int stop() {
        thread.interrupt();
        return status.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }

    /** Output that is looked at as it comes. */
    private static final class LineWatch extends ByteArrayOutputStream {
        private final String awaited;
        private final CompletableFuture<String> found;

        LineWatch(String awaited, CompletableFuture<String> found) {
            this.awaited = awaited;
            this.found = found;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            String text = toString(StandardCharsets.UTF_8);
            int at = text.indexOf(awaited);
            if (at >= 0 && text.indexOf('\n', at) >= 0) {
                found.complete(text);
            }
        }
    }
}
