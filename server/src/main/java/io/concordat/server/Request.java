package io.concordat.server;

import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.api.json.MalformedJsonException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client asks for, as far as a handler cares.
 *
 * @param path the values of the route's names
 * @param query the values of each parameter, in order
 * @param body what was sent, perhaps nothing
 * @param route the row that answers it
 */
record Request(Map<String, String> path, Map<String, List<String>> query, Buffer body, Route route) {
    /** The value of a name in the route's path. */
    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("The route has no {" + name + "}");
        }
        return value;
    }

    /** The first value of a parameter, or empty. */
    String query(String name) {
        return query(name, "");
    }

    /** The first value of a parameter, or something else if there is none. */
    String query(String name, String otherwise) {
        List<String> values = queries(name);
        return values.isEmpty() ? otherwise : values.get(0);
    }

    /** All values of a parameter, in order. */
    List<String> queries(String name) {
        requireKnown(name);
        return query.getOrDefault(name, List.of());
    }

    /** What a handler looks at is what clients are told about. */
    private void requireKnown(String name) {
        if (!mayAsk(name)) {
            throw new IllegalStateException(
                    route.method() + " " + route.path() + " looks at '" + name + "': its row must be asking for it");
        }
    }

    /** Whether a parameter means anything here. */
    boolean mayAsk(String name) {
        return route.description().map(told -> told.knows(name)).orElse(true);
    }

    /** Whether a parameter is true. Anything else than that word is false. */
    boolean flag(String name) {
        return query(name).equalsIgnoreCase("true");
    }

    /**
     * A whole number in the path.
     *
     * @throws RegistryException {@link ErrorCode#NOT_FOUND} if it is none: then nothing has that path
     */
    int pathNumber(String name) {
        return number(path(name));
    }

    /**
     * A whole number among the parameters.
     *
     * @throws RegistryException {@link ErrorCode#NOT_FOUND} if it is none
     */
    int queryNumber(String name, int otherwise) {
        return query.containsKey(name) ? number(query(name)) : otherwise;
    }

    /** Which of the things that may be deleted are asked for. */
    Deleted deleted() {
        return flag("deletedOnly") ? Deleted.ONLY : includingDeleted();
    }

    /** Whether deleted things are asked for too. */
    Deleted includingDeleted() {
        return flag("deleted") ? Deleted.INCLUDED : Deleted.EXCLUDED;
    }

    /**
     * The object in the body, understood.
     *
     * @param name what the request is called where it is missed
     * @throws RegistryException {@link ErrorCode#UNPROCESSABLE} if there is none, {@link ErrorCode#BAD_REQUEST} if it
     *     cannot be understood
     */
    <T> T read(String name, Function<Map<?, ?>, T> meaning) {
        try {
            Object value = body.length() == 0 ? null : Json.read(body.getBytes());
            if (value == null) {
                throw new RegistryException(ErrorCode.UNPROCESSABLE, name + ".request must not be null (was null)");
            }
            return meaning.apply(JsonShape.object("request", value));
        } catch (MalformedJsonException e) {
            throw new RegistryException(
                    ErrorCode.BAD_REQUEST, Optional.ofNullable(e.getMessage()).orElse("Malformed JSON"), e);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(ErrorCode.BAD_REQUEST, "Cannot read the request: " + e.getMessage(), e);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RegistryException(ErrorCode.NOT_FOUND, "HTTP 404 Not Found", e);
        }
    }
}
