package io.concordat.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An HTTP server on a free port of this machine that answers as it is told, also in ways that no server should. */
final class StubServer implements AutoCloseable {
    private final String scheme;
    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    StubServer(Behaviour behaviour) {
        this(behaviour, "http", () -> new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
    }

    private StubServer(Behaviour behaviour, String scheme, Opening opening) {
        this.behaviour = behaviour;
        this.scheme = scheme;
        try {
            socket = opening.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * The same behind TLS.
     *
     * @param clientAuth whether clients must have a certificate
     */
    static StubServer tls(SSLContext context, boolean clientAuth, Behaviour behaviour) {
        return new StubServer(behaviour, "https", () -> {
            SSLServerSocket socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(clientAuth);
            return socket;
        });
    }

    /** Answers everything with one JSON text. */
    static StubServer answering(int status, String json) {
        return new StubServer((request, exchange) -> exchange.json(status, json));
    }

    String url() {
        return scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request, got " + requests);
        }
        return requests.get(0);
    }

    /** The most connections there were at the same time. */
    int mostConnections() {
        return mostOpen.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                made.incrementAndGet();
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            Exchange exchange = new Exchange(in, connection.getOutputStream());
            for (Request request = Request.read(in); request.isThere() && exchange.open; request = Request.read(in)) {
                requests.add(request);
                behaviour.answer(request, exchange);
            }
        } catch (IOException | InterruptedException e) {
            // The other side went away, or the test is over.
            return;
        } finally {
            connections.remove(connection);
            open.decrementAndGet();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** How many connections were made. */
    int connectionsMade() {
        return made.get();
    }

    private interface Opening {
        ServerSocket open() throws IOException;
    }

    interface Behaviour {
        void answer(Request request, Exchange exchange) throws IOException, InterruptedException;
    }

    /** Where an answer is written to. */
    final class Exchange {
        private final InputStream in;
        private final OutputStream out;
        private boolean open = true;

        Exchange(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        /** What the other side sends from now on, for who speaks something else than HTTP. */
        InputStream input() {
            return in;
        }

        OutputStream output() {
            return out;
        }

        void json(int status, String body) throws IOException {
            respond(status, "Content-Type: application/vnd.schemaregistry.v1+json", body);
        }

        void respond(int status, String header, String body) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            raw("HTTP/1.1 " + status + " Some\r\n" + header + "\r\nContent-Length: " + bytes.length + "\r\n\r\n"
                    + new String(bytes, ISO_8859_1));
        }

        /** Every character is a byte. */
        void raw(String text) throws IOException {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        }

        /** Closes the connection, as if by its own decision. */
        void hangUp() throws IOException {
            open = false;
            out.close();
        }

        /** Does nothing more until the test is over. */
        void stall() throws InterruptedException {
            closed.await();
        }
    }

    /** What came in; an empty method stands for the end of the connection. */
    record Request(String method, String target, Map<String, String> headers, String body) {
        boolean isThere() {
            return !method.isEmpty();
        }

        String line() {
            return method + " " + target;
        }

        static Request read(InputStream in) throws IOException {
            String[] first = line(in).split(" ", 3);
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                if (colon < 0) {
                    throw new IOException("No header: whoever this is does not speak HTTP");
                }
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), UTF_8);
            return new Request(first[0], first.length < 2 ? "" : first[1], headers, body);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
                line.append(new String(new byte[] {(byte) octet}, ISO_8859_1));
            }
            return line.toString().stripTrailing();
        }
    }
}
