package io.concordat.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a registry refuses or cannot do: a program branches on the code, a person reads the message. */
public class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int number;
    private final @Nullable Duration retryAfter;

    public RegistryException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RegistryException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, code.number(), message, cause);
    }

    /** An answer of a server that knows numbers this library does not: the code is the nearest one known. */
    public RegistryException(ErrorCode code, int number, String message, @Nullable Throwable cause) {
        this(code, number, message, cause, null);
    }

    /**
     * An answer of a server that also says when to ask again.
     *
     * @param retryAfter null if it does not say
     */
    public RegistryException(
            ErrorCode code, int number, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.number = number;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** The number in the answer: that of the code, unless the server knows more numbers than this library. */
    public int number() {
        return number;
    }

    /** What can be done about it. */
    public FailureKind kind() {
        // A registry may have numbers for what it lacks that this library does not know.
        return code == ErrorCode.NOT_FOUND && number != code.number() ? FailureKind.NOT_FOUND : code.kind();
    }

    /** How long the server wants to be left alone ({@code Retry-After}), counted from its answer; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean isRetriable() {
        return kind() == FailureKind.TRANSIENT;
    }
}
