package io.concordat.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** An HTTP/2 client that sends whatever frames it is told to. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int PRIORITY = 32;

    /** What became of a stream that was reset, or whose connection ended, before it was answered. */
    static final int RESET = -1;

    static final int CLOSED = -2;

    /** Longer than any deadline of a test server, so that a test that would hang fails. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    private RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A frame from the server. */
    @SuppressWarnings("ArrayRecordComponent") // Frames are not compared.
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** The headers, behind the priority. */
        ByteBuf block() {
            int start = (flags & PRIORITY) == 0 ? 0 : 5;
            return Unpooled.wrappedBuffer(payload, start, payload.length - start);
        }
    }

    /** A connection that has sent its preface and no settings of its own. */
    static RawHttp2 connect(int port) {
        return connect(port, new byte[0]);
    }

    static RawHttp2 connect(int port, byte[] settings) {
        try {
            RawHttp2 client = new RawHttp2(port);
            client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            client.send(SETTINGS, 0, 0, settings);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The setting that the server may send that many bytes of each answer. */
    static byte[] initialWindow(int bytes) {
        return new byte[] {0, 4, (byte) (bytes >> 24), (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes};
    }

    RawHttp2 send(int type, int flags, int stream, byte[] payload) {
        write(frame(type, flags, stream, payload));
        return this;
    }

    /** Sends for as long as the other side lets it, and says whether it was stopped. */
    boolean sendUntilStopped(int type, int flags, int stream, byte[] payload, int times) {
        byte[] frame = frame(type, flags, stream, payload);
        for (int i = 0; i < times; i++) {
            try {
                socket.getOutputStream().write(frame);
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    RawHttp2 request(int stream, String method, String path, int flags) {
        return send(HEADERS, flags | END_HEADERS, stream, head(method, path));
    }

    RawHttp2 get(int stream, String path) {
        return request(stream, "GET", path, END_STREAM);
    }

    /** The head of a request, with more headers by turns of name and value. */
    byte[] head(String method, String path, String... more) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(method)
                .path(path)
                .scheme("http")
                .authority("x");
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(1, headers, block);
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        return bytes;
    }

    /** The status that a stream is answered with, or {@link #RESET} or {@link #CLOSED}. */
    int status(int stream) {
        try {
            while (true) {
                Frame frame = next();
                if (frame.type() == HEADERS) {
                    Http2Headers headers = decoder.decodeHeaders(frame.stream(), frame.block());
                    if (frame.stream() == stream) {
                        return Integer.parseInt(headers.status().toString());
                    }
                } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
                    return RESET;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("Stream " + stream + " was not answered", e);
        } catch (IOException e) {
            return CLOSED;
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server resets a stream; what it still sends is passed over. */
    boolean isReset(int stream) {
        while (true) {
            Frame frame = await();
            if (frame.stream() == stream && frame.type() == RST_STREAM) {
                return true;
            }
        }
    }

    /** Asks for the same again and again, reads nothing, and says whether it was stopped. */
    boolean isStoppedAsking(String path) {
        byte[] block = head("GET", path);
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        for (int stream = 1; System.nanoTime() < end; stream += 2) {
            if (sendUntilStopped(HEADERS, END_HEADERS | END_STREAM, stream, block, 1)) {
                return true;
            }
        }
        return false;
    }

    private Frame await() {
        try {
            return next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has closed the connection; what it still sends is passed over. */
    boolean isClosedByServer() {
        try {
            while (true) {
                next();
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
