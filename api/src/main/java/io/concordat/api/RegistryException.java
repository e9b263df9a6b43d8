package io.concordat.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a registry refuses or cannot do: a program branches on the code, a person reads the message. */
public class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int number;

    public RegistryException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RegistryException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, code.number(), message, cause);
    }

    /** An answer of a server that knows numbers this library does not: the code is the nearest one known. */
    public RegistryException(ErrorCode code, int number, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.number = number;
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** The number in the answer: that of the code, unless the server knows more numbers than this library. */
    public int number() {
        return number;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean isRetriable() {
        return code.isRetriable();
    }
}
