package io.concordat.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everything that can go wrong, by the number it has in an answer. Numbers are never reused. */
public enum ErrorCode {
    /** The request cannot be read: not JSON, or a member of the wrong type. */
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    PAYLOAD_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    /** The request is JSON, but says nothing. */
    UNPROCESSABLE(422),
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),

    /** Said by clients only: TLS failed because one side does not trust the other, or they have nothing in common. */
    UNTRUSTED(49501),

    SUBJECT_NOT_FOUND(40401),
    VERSION_NOT_FOUND(40402),
    SCHEMA_NOT_FOUND(40403),
    SUBJECT_SOFT_DELETED(40404),
    SUBJECT_NOT_SOFT_DELETED(40405),
    VERSION_SOFT_DELETED(40406),
    VERSION_NOT_SOFT_DELETED(40407),
    NO_SUBJECT_COMPATIBILITY(40408),
    NO_SUBJECT_MODE(40409),
    ASSOCIATION_NOT_FOUND(40410),

    INCOMPATIBLE_SCHEMA(40901),
    TOO_MANY_ASSOCIATIONS(40902),
    ASSOCIATION_FOR_RESOURCE_EXISTS(40903),
    ASSOCIATION_FOR_SUBJECT_EXISTS(40904),
    STRONG_ASSOCIATION_EXISTS(40905),
    NO_ACTIVE_VERSION_FOR_ASSOCIATION(40907),
    ASSOCIATION_FROZEN(40908),

    INVALID_SCHEMA(42201),
    INVALID_VERSION(42202),
    INVALID_COMPATIBILITY(42203),
    INVALID_MODE(42204),
    OPERATION_NOT_PERMITTED(42205),
    REFERENCE_EXISTS(42206),
    ID_DOES_NOT_MATCH(42207),
    INVALID_SUBJECT(42208),
    SCHEMA_TOO_LARGE(42209),
    INVALID_RULE_SET(42210),
    CONTEXT_NOT_EMPTY(42211),
    INVALID_ASSOCIATION(42212),

    STORE_FAILED(50001),
    OPERATION_TIMED_OUT(50002),
    FORWARDING_FAILED(50003),
    UNKNOWN_LEADER(50004),
    /** Said by clients only: the answer is not one of a registry. */
    UNREADABLE_ANSWER(50005),
    /** Said by clients only: there was no answer, or it broke off. */
    UNREACHABLE(50301),
    /** Said by clients only: the answer did not come in time. */
    DEADLINE_EXCEEDED(50401);

    private static final Map<Integer, ErrorCode> BY_NUMBER = new HashMap<>();

    static {
        for (ErrorCode code : values()) {
            BY_NUMBER.put(code.number, code);
        }
    }

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The code of that number, or empty. */
    public static Optional<ErrorCode> find(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** What {@code error_code} says in an answer. */
    public int number() {
        return number;
    }

    /** The HTTP status the number belongs to: 40401 is a 404. */
    public int httpStatus() {
        return number < 1000 ? number : number / 100;
    }

    /** What can be done about it. A 404 without a number of its own is not the registry's: it knows what it does not have. */
    public FailureKind kind() {
        if (this == UNREADABLE_ANSWER) {
            return FailureKind.CONFIGURATION;
        }
        return switch (httpStatus()) {
            case 401, 403, 405, 406, 415, 495 -> FailureKind.CONFIGURATION;
            case 404 -> this == NOT_FOUND ? FailureKind.CONFIGURATION : FailureKind.NOT_FOUND;
            case 408, 429, 500, 502, 503, 504 -> FailureKind.TRANSIENT;
            default -> FailureKind.REFUSED;
        };
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean isRetriable() {
        return kind() == FailureKind.TRANSIENT;
    }
}
