package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import org.jspecify.annotations.Nullable;

/** A request got no answer, or not all of it. */
final class NoAnswerException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private NoAnswerException(ErrorCode code, Reason reason, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.reason = reason;
    }

    static NoAnswerException unreachable(Reason reason, String message, @Nullable Throwable cause) {
        return new NoAnswerException(ErrorCode.UNREACHABLE, reason, message, cause);
    }

    static NoAnswerException late(Reason reason, String message, @Nullable Throwable cause) {
        return new NoAnswerException(ErrorCode.DEADLINE_EXCEEDED, reason, message, cause);
    }

    Reason reason() {
        return reason;
    }

    /** What happened. */
    enum Reason {
        /** Nothing was sent: there was no connection. */
        NOT_SENT,
        /** Nothing was sent, because all connections were in use. */
        BUSY,
        /** The connection was lost before or within the answer. */
        LOST,
        /** The request was sent, and the answer did not come in time. */
        LATE,
        /** The thread that waited was interrupted. */
        INTERRUPTED;

        /** Whether the registry may have done what it was asked to. */
        boolean maybeCarriedOut() {
            return this != NOT_SENT && this != BUSY;
        }

        /** Whether it says something about the registry. */
        boolean isItsFault() {
            return this != BUSY && this != INTERRUPTED;
        }
    }
}
