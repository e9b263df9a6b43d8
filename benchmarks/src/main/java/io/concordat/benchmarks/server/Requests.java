package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a load asks for, one after the other. */
@FunctionalInterface
interface Requests {
    /** The bytes of the next request; null if there is none left. */
    byte @Nullable [] next();

    /** The same again and again. */
    static Requests repeated(byte[] request) {
        return () -> request;
    }

    /** One for each number from one up to another, which is excluded. */
    static Requests numbered(int from, int to, IntFunction<byte[]> request) {
        int[] next = {from};
        return () -> next[0] < to ? request.apply(next[0]++) : null;
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + Load.MEDIA_TYPE + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    static byte[] post(String path, byte[] body) {
        return sent("POST", path, body);
    }

    static byte[] put(String path, byte[] body) {
        return sent("PUT", path, body);
    }

    private static byte[] sent(String method, String path, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 256);
        request.writeBytes((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + Load.MEDIA_TYPE
                        + "\r\nContent-Type: " + Load.MEDIA_TYPE + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
