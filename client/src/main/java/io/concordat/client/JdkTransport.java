package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 by the JDK's client, under a deadline that covers a call from connecting to the last byte of the answer. */
final class JdkTransport implements Transport {
    private static final String ACCEPT =
            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json";
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** How often a call is sent at most while connections turn out to have been closed since their last use. */
    private static final int ATTEMPTS = 3;

    /** Lets the JDK's own timer speak first: it knows whether there was a connection. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final ClientConfig config;
    private volatile @Nullable HttpClient client;

    JdkTransport(ClientConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    @Override
    public Answer send(Call call) {
        long deadline = System.nanoTime() + config.deadline().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return exchange(call, deadline);
            } catch (NoAnswerException e) {
                if (!call.isRepeatable() || attempt == ATTEMPTS) {
                    throw noAnswer(call, e);
                }
            }
        }
    }

    private Answer exchange(Call call, long deadline) throws NoAnswerException {
        BoundedBody body = new BoundedBody(config.maxAnswerSize());
        ResponseInfo head = head(call, open().sendAsync(request(call, deadline), body::begin), body, deadline);
        return new Answer(
                head.statusCode(),
                head.headers().firstValue("Content-Type").orElse(""),
                head.headers().firstValue("Location").orElse(""),
                body(call, head, body, deadline));
    }

    private HttpClient open() {
        HttpClient open = client;
        if (open == null) {
            throw new IllegalStateException("The client of " + config.url() + " has been closed");
        }
        return open;
    }

    private HttpRequest request(Call call, long deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(call))
                .timeout(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))
                .header("Accept", ACCEPT)
                .method(
                        call.method().name(),
                        call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        call.body().ifPresent(body -> request.header("Content-Type", CONTENT_TYPE));
        config.headers().forEach(request::header);
        return request.build();
    }

    private ResponseInfo head(Call call, CompletableFuture<?> sent, BoundedBody body, long deadline)
            throws NoAnswerException {
        try {
            await(sent, deadline + GRACE.toNanos());
        } catch (InterruptedException e) {
            abandon(sent, body);
            throw interrupted(call, e);
        } catch (TimeoutException e) {
            abandon(sent, body);
            throw late(call, "no answer began", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (body.head().isEmpty()) {
                throw notSent(call, cause);
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

    private byte[] body(Call call, ResponseInfo head, BoundedBody body, long deadline) {
        try {
            return await(body.whole(), deadline);
        } catch (InterruptedException e) {
            body.cancel();
            throw interrupted(call, e);
        } catch (TimeoutException e) {
            body.cancel();
            throw late(
                    call,
                    "an answer began with status " + head.statusCode() + ", but only " + body.received().length
                            + " bytes of it came",
                    e);
        } catch (ExecutionException e) {
            if (head.statusCode() >= 400) {
                // What it says matters more than how it ends.
                return body.received();
            }
            throw unreadable(call, head, body, e.getCause());
        }
    }

    private static <T> T await(CompletableFuture<T> future, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private RegistryException interrupted(Call call, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RegistryException(
                ErrorCode.UNREACHABLE, asked(call) + ": interrupted while waiting for the answer", cause);
    }

    private RegistryException late(Call call, String found, Exception cause) {
        return new RegistryException(
                ErrorCode.DEADLINE_EXCEEDED,
                asked(call) + ": " + found + " within " + seconds(config.deadline()),
                cause);
    }

    /** @throws NoAnswerException if the connection was there but brought nothing, as one does that was closed while idle */
    private RegistryException notSent(Call call, Throwable cause) throws NoAnswerException {
        if (cause instanceof HttpConnectTimeoutException e) {
            return late(call, "no connection was made", e);
        }
        if (cause instanceof HttpTimeoutException e) {
            return late(call, "connected, but no answer began", e);
        }
        if (cause instanceof ConnectException) {
            return unreachable(call, reason(cause), cause);
        }
        if (cause instanceof SSLException) {
            return unreachable(call, "TLS failed: " + cause.getMessage(), cause);
        }
        if (cause instanceof ProtocolException) {
            return new RegistryException(
                    ErrorCode.UNREADABLE_ANSWER,
                    asked(call) + ": the answer is not HTTP (" + cause.getMessage() + "); is this the registry's port?",
                    cause);
        }
        if (cause instanceof IOException e) {
            throw new NoAnswerException(e);
        }
        return unreachable(call, String.valueOf(cause), cause);
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

    private RegistryException noAnswer(Call call, NoAnswerException cause) {
        String hint = call.isRepeatable() ? "" : "; it may have been carried out all the same";
        return unreachable(call, "the connection was closed before an answer began" + hint, cause.getCause());
    }

    private RegistryException unreachable(Call call, String why, @Nullable Throwable cause) {
        return new RegistryException(ErrorCode.UNREACHABLE, asked(call) + ": " + why, cause);
    }

    private RegistryException unreadable(Call call, ResponseInfo head, BoundedBody body, @Nullable Throwable cause) {
        String found = cause instanceof BoundedBody.TooLargeException
                ? "is longer than the allowed " + config.maxAnswerSize() + " bytes (maxAnswerSize)"
                : "broke off after " + body.received().length + " bytes";
        return new RegistryException(
                ErrorCode.UNREADABLE_ANSWER,
                asked(call) + ": the answer with status " + head.statusCode() + " " + found,
                cause);
    }

    private String asked(Call call) {
        return call.method() + " " + uri(call);
    }

    private URI uri(Call call) {
        return URI.create(config.url() + call.path());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The JDK closes the connections of a client that nobody holds any more. */
    @Override
    public void close() {
        client = null;
    }

    /** Nothing came back on a connection that was there. */
    private static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(IOException cause) {
            super(cause);
        }
    }
}
