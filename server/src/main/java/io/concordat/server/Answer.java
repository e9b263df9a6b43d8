package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told. The body is shared, not copied: nobody changes it.
 *
 * @param status the HTTP status
 * @param type the media type of the body; the one that was negotiated if null, none if empty
 * @param body the bytes
 * @param headers more headers
 */
record Answer(int status, @Nullable String type, Buffer body, Map<String, String> headers) {
    /** The media type of a body that is not said to have one. */
    static final String UNTYPED = "";

    /** That it is done, and nothing more. */
    static final Answer NOTHING = new Answer(204, UNTYPED, Buffer.buffer(), Map.of());

    private static final String PAUSE = "1";

    /** A value, as JSON. */
    static Answer json(@Nullable Object value) {
        return new Answer(200, null, Buffer.buffer(Json.write(value)), Map.of());
    }

    /** A text as it is, said to be JSON. */
    static Answer raw(String text) {
        return new Answer(200, null, Buffer.buffer(text), Map.of());
    }

    /** A text for people. */
    static Answer plain(String text) {
        return new Answer(200, "text/plain", Buffer.buffer(text), Map.of());
    }

    /** A refusal in the media type that was negotiated. */
    static Answer refusal(ErrorCode code, int number, String message) {
        return refusal(code, number, message, Map.of());
    }

    /** A refusal that has more to tell than others. */
    static Answer refusal(ErrorCode code, int number, String message, Map<String, Object> more) {
        boolean passing = code.isRetriable() && code != ErrorCode.INTERNAL;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error_code", number);
        body.put("message", message);
        body.putAll(more);
        return new Answer(
                code.httpStatus(),
                null,
                Buffer.buffer(Json.write(body)),
                passing ? Map.of("Retry-After", PAUSE) : Map.of());
    }

    static Answer refusal(ErrorCode code, String message) {
        return refusal(code, code.number(), message);
    }

    Answer as(String newType) {
        return new Answer(status, newType, body, headers);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }
}
