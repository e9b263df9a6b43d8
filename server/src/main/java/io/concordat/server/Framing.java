package io.concordat.server;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** What an HTTP/1 head must say for everybody to agree where the request ends, beyond what the HTTP layer sees to. */
final class Framing {
    private Framing() {}

    /**
     * Whether the request can be told from what follows it: its body is sent in chunks and in no other coding, and it names
     * one host.
     */
    static boolean isSound(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
        return (coding == null || coding.equalsIgnoreCase("chunked")) && namesOneHost(request.version(), headers);
    }

    private static boolean namesOneHost(HttpVersion version, MultiMap headers) {
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        return hosts.size() == 1 || (hosts.isEmpty() && version == HttpVersion.HTTP_1_0);
    }

    /** Whether the client says that nothing follows the request, in the way that makes the HTTP layer close the connection. */
    static boolean isLast(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return request.version() == HttpVersion.HTTP_1_0
                ? !headers.contains(HttpHeaders.CONNECTION, HttpHeaders.KEEP_ALIVE, true)
                : headers.contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    }
}
