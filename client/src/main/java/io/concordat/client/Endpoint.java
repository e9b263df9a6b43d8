package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.json.Json;
import io.concordat.api.json.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One registry behind a transport: asks, and makes a value or a {@link RegistryException} of whatever is answered. */
final class Endpoint implements AutoCloseable {
    private final Transport transport;
    private final Duration deadline;
    private final ClientMetrics metrics;

    /** @param deadline how long a question may take as a whole */
    Endpoint(Transport transport, Duration deadline, ClientMetrics metrics) {
        this.transport = transport;
        this.deadline = deadline;
        this.metrics = metrics;
    }

    /**
     * Asks.
     *
     * @param reading makes a value of the answer's JSON; an {@link IllegalArgumentException} says what is wrong with it
     */
    <T> T ask(Call call, Function<Object, T> reading) {
        try {
            return read(call, transport.send(call, Deadline.in(deadline)), reading);
        } catch (RegistryException e) {
            metrics.failed(e.kind());
            throw e;
        }
    }

    private static <T> T read(Call call, Answer answer, Function<Object, T> reading) {
        if (!answer.isSuccess()) {
            throw failure(call, answer);
        }
        try {
            Object json = Json.read(answer.body());
            if (json == null) {
                throw new IllegalArgumentException("it is null");
            }
            return reading.apply(json);
        } catch (MalformedJsonException | IllegalArgumentException | RegistryException e) {
            // The last one: the reader of the model found something that no registry would have accepted.
            throw unreadable(call, answer, e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private static RegistryException failure(Call call, Answer answer) {
        if (answer.isRedirect()) {
            return new RegistryException(
                    ErrorCode.UNREADABLE_ANSWER,
                    answer.status(),
                    asked(call, answer) + " was redirected (" + answer.status() + ") to '" + answer.location()
                            + "'; redirects are not followed, so set the url to where the registry is",
                    null);
        }
        return refusal(call, answer)
                .orElseGet(() -> new RegistryException(
                        codeOf(answer.status()),
                        answer.status(),
                        asked(call, answer) + " failed with an answer that is not one of a registry ("
                                + answer.description() + "); is the url right, and is the registry running behind it?",
                        null,
                        retryAfter(answer)));
    }

    /** What a registry said, if it was one. */
    private static Optional<RegistryException> refusal(Call call, Answer answer) {
        if (answer.status() < 400 || !(jsonOrNull(answer) instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        Object message = members.get("message");
        if (message == null && !members.containsKey("error_code")) {
            return Optional.empty();
        }
        int number = numberIn(members, answer.status());
        return Optional.of(new RegistryException(
                ErrorCode.find(number).orElseGet(() -> codeOf(number)),
                number,
                reason(call, answer, number, message),
                null,
                retryAfter(answer)));
    }

    /** A plain 404 is about the address, which is therefore named: a registry gives what it does not have a number of its own. */
    private static String reason(Call call, Answer answer, int number, @Nullable Object message) {
        if (message == null) {
            return "The registry gave error " + number + " without a reason";
        }
        return number == 404
                ? asked(call, answer) + " was answered with '" + message + "'; is the url right?"
                : message.toString();
    }

    private static @Nullable Duration retryAfter(Answer answer) {
        return answer.retryAfter(Instant.now()).orElse(null);
    }

    private static int numberIn(Map<?, ?> members, int status) {
        // Some registries only have the status, and some proxies say 0 or -1.
        return members.get("error_code") instanceof Number number && number.intValue() >= 400
                ? number.intValue()
                : status;
    }

    private static @Nullable Object jsonOrNull(Answer answer) {
        try {
            return Json.read(answer.body());
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    /** The nearest code for a number or status that has none. */
    private static ErrorCode codeOf(int number) {
        int status = number < 1000 ? number : number / 100;
        return switch (status) {
            // Registries that have no number for it. An unknown 409xx is some other conflict.
            case 409 -> number == 409 ? ErrorCode.INCOMPATIBLE_SCHEMA : ErrorCode.BAD_REQUEST;
            case 407 -> ErrorCode.UNAUTHORIZED;
            case 502, 503 -> ErrorCode.UNREACHABLE;
            case 504 -> ErrorCode.DEADLINE_EXCEEDED;
            default -> ErrorCode.find(status).orElse(byClass(status));
        };
    }

    private static ErrorCode byClass(int status) {
        if (status >= 400 && status < 500) {
            return ErrorCode.BAD_REQUEST;
        }
        return status >= 500 && status < 600 ? ErrorCode.INTERNAL : ErrorCode.UNREADABLE_ANSWER;
    }

    private static RegistryException unreadable(Call call, Answer answer, RuntimeException cause) {
        String why = answer.body().length == 0 ? "it is empty" : String.valueOf(cause.getMessage());
        return new RegistryException(
                ErrorCode.UNREADABLE_ANSWER,
                asked(call, answer) + " was answered with something that is not an answer of a registry ("
                        + answer.description() + "): " + why + "; is the url right?",
                cause);
    }

    private static String asked(Call call, Answer answer) {
        return call.method() + " " + answer.origin() + call.path();
    }
}
