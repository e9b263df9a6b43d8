package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method the HTTP method
 * @param path behind the registry's URL, percent-encoded, with its query
 * @param body JSON, if the request has one
 */
record Call(Method method, String path, Optional<String> body) {
    static Call get(RequestPath path) {
        return new Call(Method.GET, path.toString(), Optional.empty());
    }

    static Call delete(RequestPath path) {
        return new Call(Method.DELETE, path.toString(), Optional.empty());
    }

    static Call post(RequestPath path, Map<String, ? extends @Nullable Object> body) {
        return new Call(Method.POST, path.toString(), Optional.of(json(body)));
    }

    static Call put(RequestPath path, Map<String, ? extends @Nullable Object> body) {
        return new Call(Method.PUT, path.toString(), Optional.of(json(body)));
    }

    /**
     * Whether sending this twice gives the answer of sending it once. A registration does: the second one finds the first.
     * A deletion does not: the second one finds nothing.
     */
    boolean isRepeatable() {
        return method != Method.DELETE;
    }

    private static String json(Map<String, ? extends @Nullable Object> body) {
        return new String(Json.write(body), UTF_8);
    }

    enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }
}
