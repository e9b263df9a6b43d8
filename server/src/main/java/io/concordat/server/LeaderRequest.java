package io.concordat.server;

import io.concordat.engine.cluster.Member;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's request, as it is passed on to the leader.
 *
 * @param method as the client asked
 * @param uri likewise: path and query
 * @param headers those of the client's that concern the leader
 * @param forwarded whether another node has passed it on already
 * @param election the one by which this node leads, in the view of whoever has passed it on, if he says so
 */
record LeaderRequest(HttpMethod method, String uri, MultiMap headers, boolean forwarded, OptionalLong election) {
    /** Says that a node asks for a client. Such a request is not passed on once more. */
    private static final String FORWARD = "X-Forward";

    /** The election by which the leader leads that a request is passed on to. */
    private static final String ELECTION = "X-Concordat-Election";

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** What existing registries pass on. */
    private static final List<String> PASSED_ON =
            List.of("Content-Type", "Accept", "Confluent-Accept-Unknown-Properties", "Authorization", "X-Request-ID");

    /** The answer of a leader. */
    record Reply(int status, MultiMap headers, Buffer body) {}

    /** A leader that could not be reached: it has been told nothing. */
    static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreachableException(Throwable cause) {
            super(cause);
        }
    }

    static LeaderRequest of(HttpServerRequest head, List<String> more) {
        MultiMap headers = HttpHeaders.headers();
        List<String> names = new ArrayList<>(PASSED_ON);
        names.addAll(more);
        for (String name : names) {
            List<String> values = head.headers().getAll(name);
            if (!values.isEmpty()) {
                headers.set(name, values);
            }
        }
        boolean forwarded = head.headers().contains(FORWARD);
        headers.set(FORWARD, "true");
        if (!forwarded && head.remoteAddress() != null) {
            headers.set(FORWARDED_FOR, String.valueOf(head.remoteAddress().hostAddress()));
        }
        return new LeaderRequest(
                head.method(), pathOf(head.uri()), headers, forwarded, election(head.getHeader(ELECTION)));
    }

    private static OptionalLong election(@Nullable String number) {
        try {
            return number == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Whether it was meant for a leader of another election. Whoever has passed it on may long have asked another leader, and his
     * client may have gone on from there.
     */
    boolean isOutdated(long currentElection) {
        return election.isPresent() && election.getAsLong() != currentElection;
    }

    private static String pathOf(String uri) {
        int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
        return scheme < 0 ? uri : uri.substring(Math.max(0, uri.indexOf('/', scheme + 3)));
    }

    /** Asks a leader. Fails with an {@link UnreachableException} if it has surely not been told. */
    Future<Reply> send(HttpClient client, Member leader, long currentElection, Buffer body, Duration patience) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(leader.host())
                .setPort(leader.port())
                .setSsl(leader.scheme().equals("https"))
                .setURI(uri)
                .setTimeout(Math.max(1, patience.toMillis()));
        return client.request(options)
                .recover(failure -> Future.failedFuture(new UnreachableException(failure)))
                .compose(request -> {
                    request.headers().addAll(headers);
                    request.putHeader(ELECTION, Long.toString(currentElection));
                    return request.send(body).compose(LeaderRequest::read);
                });
    }

    private static Future<Reply> read(HttpClientResponse response) {
        return response.body().map(body -> new Reply(response.statusCode(), response.headers(), body));
    }
}
