package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a number of connections busy, each with one request at a time.
 *
 * <p>One thread, which looks at no more of an answer than where it ends: on a machine that the server shares, what the load
 * costs is missing there.
 */
final class Load {
    static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final int LONGEST_ANSWER = 4 << 20;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
    private static final long STUCK_MILLIS = 30_000;

    private final Requests requests;
    private final long end;
    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private int busy;
    private int answered;

    private Load(Requests requests, Duration lasting) throws IOException {
        this.requests = requests;
        end = System.nanoTime() + lasting.toNanos();
    }

    /**
     * What came of a load.
     *
     * @param requests how many were answered with 200
     * @param nanos how long that took
     */
    record Result(int requests, long nanos) {
        double perSecond() {
            return requests * 1e9 / nanos;
        }
    }

    /**
     * Sends as long as there are requests and time.
     *
     * @throws IOException if one was not answered with 200
     */
    static Result run(int port, int connections, Requests requests, Duration lasting) throws IOException {
        long begin = System.nanoTime();
        Load load = new Load(requests, lasting);
        try {
            for (int i = 0; i < connections; i++) {
                load.connect(port);
            }
            load.run();
        } finally {
            load.close();
        }
        return new Result(load.answered, System.nanoTime() - begin);
    }

    /** The body of the answer to one request. */
    static String answer(int port, byte[] request) throws IOException {
        Load load = new Load(Requests.numbered(0, 1, number -> request), Duration.ofDays(1));
        try {
            load.connect(port);
            load.run();
            return load.connections.get(0).body();
        } finally {
            load.close();
        }
    }

    private void connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connections.add(connection);
        busy++;
        connection.sendNext();
    }

    private void run() throws IOException {
        while (busy > 0) {
            int ready = selector.select(
                    key -> {
                        try {
                            ((Connection) key.attachment()).read();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    STUCK_MILLIS);
            if (ready == 0) {
                throw new IOException("No answer within " + STUCK_MILLIS + " ms");
            }
        }
    }

    private void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    /** One of the connections, waiting for one answer. */
    private final class Connection {
        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(16 << 10);
        private int head;
        private int length;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void sendNext() throws IOException {
            byte[] request = System.nanoTime() < end ? requests.next() : null;
            if (request == null) {
                busy--;
                return;
            }
            in.clear();
            head = 0;
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        void read() throws IOException {
            if (!in.hasRemaining()) {
                grow();
            }
            if (channel.read(in) < 0) {
                throw new IOException("The server has closed a connection");
            }
            if (head == 0) {
                readHead();
            }
            if (head > 0 && in.position() >= head + length) {
                answered++;
                sendNext();
            }
        }

        private void grow() throws IOException {
            if (in.capacity() >= LONGEST_ANSWER) {
                throw new IOException("An answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            ByteBuffer larger = ByteBuffer.allocate(in.capacity() * 4);
            larger.put(in.flip());
            in = larger;
        }

        private void readHead() throws IOException {
            int ending = indexOf(END_OF_HEAD);
            if (ending < 0) {
                return;
            }
            head = ending + END_OF_HEAD.length;
            int field = indexOf(LENGTH);
            if (in.get(9) != '2' || in.get(10) != '0' || in.get(11) != '0' || field < 0 || field > head) {
                throw new IOException("Not answered with 200 and a length: " + text(0, in.position()));
            }
            length = 0;
            for (int i = field + LENGTH.length; in.get(i) != '\r'; i++) {
                length = in.get(i) == ' ' ? length : length * 10 + in.get(i) - '0';
            }
        }

        private int indexOf(byte[] wanted) {
            byte[] bytes = in.array();
            for (int start = 0; start <= in.position() - wanted.length; start++) {
                int i = 0;
                while (i < wanted.length && lower(bytes[start + i]) == wanted[i]) {
                    i++;
                }
                if (i == wanted.length) {
                    return start;
                }
            }
            return -1;
        }

        private int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
        }

        private String body() {
            return text(head, length);
        }

        private String text(int from, int count) {
            return new String(in.array(), from, count, UTF_8);
        }
    }
}
