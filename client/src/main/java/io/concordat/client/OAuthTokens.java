package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.json.Json;
import io.concordat.api.json.MalformedJsonException;
import io.concordat.client.NoAnswerException.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by OAuth's client credentials. One request at a time is on its way for a token, whoever waits for it; while the
 * one that is there still holds, nobody waits.
 */
final class OAuthTokens implements Authorizer {
    private static final Duration WITHOUT_EXPIRY = Duration.ofMinutes(5);
    private static final int MAX_ANSWER = 1 << 20;

    private final OAuthConfig config;
    private final HttpClient client;
    private final Time time;
    private final AtomicReference<@Nullable Token> known = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Token>> flight = new AtomicReference<>();

    OAuthTokens(OAuthConfig config, HttpClient client) {
        this(config, client, Time.SYSTEM);
    }

    OAuthTokens(OAuthConfig config, HttpClient client, Time time) {
        this.config = config;
        this.client = client;
        this.time = time;
    }

    @Override
    public Optional<String> token(URI registry, Deadline deadline) {
        Token token = known.get();
        long now = time.nanos();
        if (token != null && now - token.refreshAt < 0) {
            return Optional.of(token.value);
        }
        CompletableFuture<Token> next = fetch(deadline);
        return Optional.of(token != null && now - token.end < 0 ? token.value : await(next, deadline).value);
    }

    /** Somebody may have taken it back: the next request gets another one. */
    @Override
    public boolean refused(String token) {
        Token current = known.get();
        if (current != null && current.value.equals(token)) {
            known.compareAndSet(current, null);
        }
        return true;
    }

    /** The one that is on its way, or a new one. */
    private CompletableFuture<Token> fetch(Deadline deadline) {
        CompletableFuture<Token> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<Token> other = flight.get();
            if (other != null) {
                return other;
            }
            if (flight.compareAndSet(null, mine)) {
                CompletableFuture<?> unused = ask(deadline).whenComplete((token, failure) -> {
                    if (token != null) {
                        known.set(token);
                    }
                    flight.set(null);
                    if (token != null) {
                        mine.complete(token);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
                return mine;
            }
        }
    }

    private CompletableFuture<Token> ask(Deadline deadline) {
        HttpRequest request = HttpRequest.newBuilder(config.endpoint())
                .timeout(Duration.ofNanos(Math.max(1, deadline.nanosLeft())))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + basic())
                .POST(BodyPublishers.ofString("grant_type=client_credentials"
                        + config.scope()
                                .map(scope -> "&scope=" + encoded(scope))
                                .orElse("")))
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(this::read);
    }

    /** Both are encoded once more for a form before (RFC 6749, 2.3.1). */
    private String basic() {
        String plain =
                encoded(config.clientId()) + ":" + encoded(config.clientSecret().value());
        return Base64.getEncoder().encodeToString(plain.getBytes(UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private Token read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status >= 500 || status == 429 || status == 408) {
            throw NoAnswerException.unreachable(
                    Reason.NOT_SENT, "The token endpoint " + config.endpoint() + " answered " + status, null);
        }
        Map<?, ?> members = members(answer.body());
        if (status == 200
                && members.get("access_token") instanceof String token
                && !token.isEmpty()
                && token.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Token.of(token, life(members), config.refreshAhead(), time.nanos());
        }
        Object error = members.get("error");
        throw new RegistryException(
                ErrorCode.UNAUTHORIZED,
                "The token endpoint " + config.endpoint() + " gave no token, but " + status
                        + (error instanceof String text ? " '" + text.replaceAll("[^\\x20-\\x7e]", "?") + "'" : "")
                        + "; are client id, secret and scope right?");
    }

    private static Map<?, ?> members(byte[] body) {
        try {
            return body.length <= MAX_ANSWER && Json.read(body) instanceof Map<?, ?> members ? members : Map.of();
        } catch (MalformedJsonException e) {
            return Map.of();
        }
    }

    private static Duration life(Map<?, ?> members) {
        return members.get("expires_in") instanceof Number seconds
                ? Duration.ofSeconds(Math.max(0, Math.min(seconds.longValue(), 1_000_000_000L)))
                : WITHOUT_EXPIRY;
    }

    private Token await(CompletableFuture<Token> next, Deadline deadline) {
        try {
            return next.get(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NoAnswerException.unreachable(Reason.INTERRUPTED, "Interrupted while waiting for a token", e);
        } catch (TimeoutException e) {
            throw NoAnswerException.late(
                    Reason.BUSY, "No token came from " + config.endpoint() + " within " + deadline, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private RegistryException failure(Throwable cause) {
        Throwable innermost = cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause;
        if (innermost instanceof RegistryException refusal) {
            return new RegistryException(
                    refusal.code(), refusal.number(), String.valueOf(refusal.getMessage()), refusal);
        }
        return NoAnswerException.unreachable(
                Reason.BUSY,
                "The token endpoint " + config.endpoint() + " is out of reach: " + innermost.getMessage(),
                innermost);
    }

    /** A token and its life. */
    private record Token(String value, long refreshAt, long end) {
        static Token of(String value, Duration life, Duration ahead, long now) {
            long nanos = life.toNanos();
            long early = Math.min(ahead.toNanos(), nanos / 5);
            return new Token(value, now + nanos - early, now + nanos);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
