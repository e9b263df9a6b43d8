package io.concordat.it.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import io.concordat.api.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One conversation with our server: says what was said, and makes the answers comparable. */
final class Replay {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final DescribedAnswers described;
    private final Blanks blanks;
    private final Likeness likeness;

    Replay(String base, Scenario scenario, DescribedAnswers described) {
        this.base = base;
        this.described = described;
        String prefix = scenario.name() + "-";
        String identifier = "n" + scenario.name().replaceAll("[^A-Za-z0-9]", "_");
        blanks = new Blanks(prefix, identifier);
        likeness = new Likeness(prefix, identifier);
    }

    /** An answer, comparable to the recorded one. */
    record Answer(
            int status, @Nullable String type, @Nullable Object body) {
        /** The error code, if it is a refusal. */
        Optional<Integer> code() {
            return body instanceof Map<?, ?> members && members.get("error_code") instanceof Integer code
                    ? Optional.of(code)
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return status + " " + type + "\n" + new String(Json.write(body), UTF_8);
        }
    }

    /**
     * Says a step, and sees to it that the answer is one that the server's description allows.
     *
     * @throws Blanks.MissingException if an earlier answer was not what this step needs
     */
    Answer say(Scenario.Step step) {
        String path = blanks.filled(step.path());
        HttpResponse<byte[]> response = send(step, path);
        Object answer = json(response.body());
        described.check(step.method(), path, response.statusCode(), response.body());
        saves(step).forEach((name, place) -> blanks.save(String.valueOf(name), answer, String.valueOf(place)));
        boolean ids = path.split("\\?", -1)[0].endsWith("/referencedby") && answer instanceof List<?>;
        String type = response.headers().firstValue("Content-Type").orElse(null);
        if (step.status() >= 400 && response.statusCode() < 400) {
            // The recording has no id for what was refused, so ours is not counted.
            return new Answer(response.statusCode(), type, answer);
        }
        return new Answer(
                response.statusCode(),
                type,
                ids ? likeness.ofIds((List<?>) Objects.requireNonNull(answer)) : likeness.of(answer));
    }

    private HttpResponse<byte[]> send(Scenario.Step step, String path) {
        byte[] body = body(step);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(step.method(), publisher(step.method(), body));
        headers(step, body != null).forEach(request::header);
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte @Nullable [] body(Scenario.Step step) {
        if (step.request().get("raw") instanceof String raw) {
            return blanks.filled(raw).getBytes(UTF_8);
        }
        return step.request().containsKey("b")
                ? Json.write(blanks.filled(step.request().get("b")))
                : null;
    }

    private static BodyPublisher publisher(String method, byte @Nullable [] body) {
        if (body != null) {
            return BodyPublishers.ofByteArray(body);
        }
        return method.equals("POST") || method.equals("PUT")
                ? BodyPublishers.ofByteArray(new byte[0])
                : BodyPublishers.noBody();
    }

    /** A body has the usual type unless the step says otherwise; null says that there is none. */
    private static Map<String, String> headers(Scenario.Step step, boolean hasBody) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (hasBody) {
            headers.put("Content-Type", JSON);
        }
        if (step.request().get("h") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (value == null) {
                    headers.remove(String.valueOf(name).toLowerCase(Locale.ROOT));
                } else {
                    headers.put(String.valueOf(name), String.valueOf(value));
                }
            });
        }
        return headers;
    }

    private static Map<?, ?> saves(Scenario.Step step) {
        return step.request().get("save") instanceof Map<?, ?> saves ? saves : Map.of();
    }

    /** What is not JSON is compared as text. */
    private static @Nullable Object json(byte[] body) {
        try {
            return body.length == 0 ? null : Json.read(body);
        } catch (MalformedJsonException e) {
            return new String(body, UTF_8);
        }
    }
}
