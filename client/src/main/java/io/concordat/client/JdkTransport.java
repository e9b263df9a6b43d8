package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.client.NoAnswerException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One url of a registry, asked through the JDK's client: over HTTP/1.1, or with TLS over HTTP/2 where that is offered. The
 * deadline covers everything from connecting to the last byte of the answer.
 *
 * <p>The JDK's client opens as many connections as there are requests: it is for others to limit these.
 */
final class JdkTransport implements Transport {
    private static final String ACCEPT =
            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json";
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** Lets the JDK's own timer speak first: it knows whether there was a connection. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final URI url;
    private final ClientConfig config;
    private final Authorizer authorizer;
    private volatile @Nullable HttpClient client;

    JdkTransport(URI url, ClientConfig config, HttpClient client, Authorizer authorizer) {
        this.url = url;
        this.config = config;
        this.authorizer = authorizer;
        this.client = client;
    }

    @Override
    public Answer send(Call call, Deadline deadline) {
        Optional<String> token = authorizer.token(url, deadline);
        Answer answer = repeatIfClosed(call, token, deadline);
        return answer.status() == 401 && token.isPresent() && authorizer.refused(token.get())
                ? repeatIfClosed(call, authorizer.token(url, deadline), deadline)
                : answer;
    }

    /** A connection that was closed since its last use shows that only when it is used again. */
    private Answer repeatIfClosed(Call call, Optional<String> token, Deadline deadline) {
        try {
            return exchange(call, token, deadline);
        } catch (ClosedException e) {
            if (!call.isRepeatable()) {
                throw lost(call, "; it may have been carried out all the same", e);
            }
        }
        try {
            return exchange(call, token, deadline);
        } catch (ClosedException e) {
            throw lost(call, "", e);
        }
    }

    private Answer exchange(Call call, Optional<String> token, Deadline deadline) throws ClosedException {
        BoundedBody body = new BoundedBody(config.maxAnswerSize());
        ResponseInfo head = head(call, open().sendAsync(request(call, token, deadline), body::begin), body, deadline);
        return new Answer(url, head.statusCode(), head.headers(), body(call, head, body, deadline));
    }

    private HttpClient open() {
        HttpClient open = client;
        if (open == null) {
            throw new IllegalStateException("The client of " + url + " has been closed");
        }
        return open;
    }

    private HttpRequest request(Call call, Optional<String> token, Deadline deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(call))
                .version("https".equalsIgnoreCase(url.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
                .timeout(Duration.ofNanos(Math.max(1, deadline.nanosLeft())))
                .header("Accept", ACCEPT)
                .method(
                        call.method().name(),
                        call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.body().ifPresent(body -> request.header("Content-Type", CONTENT_TYPE));
        config.headers().forEach(request::header);
        config.proxy()
                .flatMap(ProxyConfig::authorization)
                .ifPresent(value -> request.header("Proxy-Authorization", value));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request.build();
    }

    private ResponseInfo head(Call call, CompletableFuture<?> sent, BoundedBody body, Deadline deadline)
            throws ClosedException {
        try {
            await(sent, deadline.nanosLeft() + GRACE.toNanos());
        } catch (InterruptedException e) {
            abandon(sent, body);
            throw interrupted(call, e);
        } catch (TimeoutException e) {
            abandon(sent, body);
            throw late(call, "no answer began", deadline, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (body.head().isEmpty()) {
                throw notAnswered(call, deadline, cause);
            }
            // It began and ended in the same moment.
            body.onError(cause);
        }
        return body.head().orElseThrow();
    }

    private static void abandon(CompletableFuture<?> sent, BoundedBody body) {
        sent.cancel(true);
        // If the head came just now, the rest must not go on by itself.
        body.cancel();
    }

    private byte[] body(Call call, ResponseInfo head, BoundedBody body, Deadline deadline) {
        try {
            return await(body.whole(), deadline.nanosLeft());
        } catch (InterruptedException e) {
            body.cancel();
            throw interrupted(call, e);
        } catch (TimeoutException e) {
            body.cancel();
            throw late(
                    call,
                    "an answer began with status " + head.statusCode() + ", but only " + body.received().length
                            + " bytes of it came",
                    deadline,
                    e);
        } catch (ExecutionException e) {
            if (head.statusCode() >= 400) {
                // What it says matters more than how it ends.
                return body.received();
            }
            throw incomplete(call, head, body, e.getCause());
        }
    }

    private static <T> T await(CompletableFuture<T> future, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private NoAnswerException interrupted(Call call, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return NoAnswerException.unreachable(
                Reason.INTERRUPTED, asked(call) + ": interrupted while waiting for the answer", cause);
    }

    private NoAnswerException late(Call call, String found, Deadline deadline, Exception cause) {
        return NoAnswerException.late(Reason.LATE, asked(call) + ": " + found + " within " + deadline, cause);
    }

    /** @throws ClosedException if the connection was there but brought nothing, as one does that was closed while idle */
    private RegistryException notAnswered(Call call, Deadline deadline, Throwable cause) throws ClosedException {
        if (cause instanceof HttpConnectTimeoutException) {
            return NoAnswerException.late(
                    Reason.NOT_SENT, asked(call) + ": no connection was made within " + connecting(deadline), cause);
        }
        if (cause instanceof HttpTimeoutException e) {
            return late(call, "connected, but no answer began", deadline, e);
        }
        if (cause instanceof ConnectException) {
            return notSent(call, reason(cause), cause);
        }
        if (cause instanceof SSLException && !isCutOff(cause)) {
            return new RegistryException(ErrorCode.UNTRUSTED, asked(call) + ": TLS failed: " + innermost(cause), cause);
        }
        if (cause instanceof ProtocolException) {
            return new RegistryException(
                    ErrorCode.UNREADABLE_ANSWER,
                    asked(call) + ": the answer is not HTTP (" + cause.getMessage() + "); is this the registry's port?",
                    cause);
        }
        if (cause instanceof IOException e) {
            throw new ClosedException(e);
        }
        return notSent(call, String.valueOf(cause), cause);
    }

    private String connecting(Deadline deadline) {
        return Deadline.in(
                        deadline.limit().compareTo(config.connectTimeout()) < 0
                                ? deadline.limit()
                                : config.connectTimeout())
                .toString();
    }

    /** A connection that ends within the handshake says nothing about trust. */
    private static boolean isCutOff(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof SocketException) {
                return true;
            }
        }
        return false;
    }

    /** What says why, without the names of the classes around it. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host is unknown";
            }
        }
        String message = failure.getMessage();
        return message == null ? "the connection was refused; is the registry running?" : message;
    }

    private NoAnswerException lost(Call call, String hint, ClosedException cause) {
        return NoAnswerException.unreachable(
                Reason.LOST,
                asked(call) + ": the connection was closed before an answer began" + hint,
                cause.getCause());
    }

    private NoAnswerException notSent(Call call, String why, Throwable cause) {
        return NoAnswerException.unreachable(Reason.NOT_SENT, asked(call) + ": " + why, cause);
    }

    private RegistryException incomplete(Call call, ResponseInfo head, BoundedBody body, @Nullable Throwable cause) {
        String answer = asked(call) + ": the answer with status " + head.statusCode();
        return cause instanceof BoundedBody.TooLargeException
                ? new RegistryException(
                        ErrorCode.UNREADABLE_ANSWER,
                        answer + " is longer than the allowed " + config.maxAnswerSize() + " bytes (maxAnswerSize)",
                        cause)
                : NoAnswerException.unreachable(
                        Reason.LOST, answer + " broke off after " + body.received().length + " bytes", cause);
    }

    private String asked(Call call) {
        return call.method() + " " + uri(call);
    }

    private URI uri(Call call) {
        return URI.create(url + call.path());
    }

    /** The JDK closes the connections of a client that nobody holds any more. */
    @Override
    public void close() {
        client = null;
    }

    /** Nothing came back on a connection that was there. */
    private static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        ClosedException(IOException cause) {
            super(cause);
        }
    }
}
