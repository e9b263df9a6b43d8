package io.concordat.it.cluster;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A client without any sense of its own: one request, one answer. */
final class Ask {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Ask() {}

    /** What came back. */
    record Told(int status, String body, Optional<String> offset) {
        int number(String member) {
            try {
                return JsonShape.number(member, object().get(member));
            } catch (RuntimeException e) {
                throw new AssertionError("'" + member + "' of " + this, e);
            }
        }

        Map<?, ?> object() {
            return JsonShape.object("answer", Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    static Told get(URI node, String path, String... headers) {
        return ask(request(node, path, headers).GET());
    }

    static Told register(URI node, String subject, String text, String... headers) {
        return ask(request(node, "/subjects/" + subject + "/versions", headers).POST(schema(text)));
    }

    /** Asks under which version a subject has a schema. */
    static Told lookUp(URI node, String subject, String text) {
        return ask(request(node, "/subjects/" + subject).POST(schema(text)));
    }

    private static HttpRequest.BodyPublisher schema(String text) {
        return BodyPublishers.ofByteArray(Json.write(Map.of("schema", text)));
    }

    static Told post(URI node, String path, String body) {
        return ask(request(node, path).POST(BodyPublishers.ofString(body)));
    }

    static Told delete(URI node, String path) {
        return ask(request(node, path).DELETE());
    }

    static Told put(URI node, String path, String body) {
        return ask(request(node, path).PUT(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(URI node, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static Told ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Told(
                    response.statusCode(), response.body(), response.headers().firstValue("X-Concordat-Offset"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
