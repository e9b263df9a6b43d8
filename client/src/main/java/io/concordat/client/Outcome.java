package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of an attempt: an answer or a failure. */
final class Outcome {
    private static final int TOO_MANY_REQUESTS = 429;

    private final @Nullable Answer answer;
    private final @Nullable RegistryException failure;

    private Outcome(@Nullable Answer answer, @Nullable RegistryException failure) {
        this.answer = answer;
        this.failure = failure;
    }

    static Outcome of(Answer answer) {
        return new Outcome(answer, null);
    }

    static Outcome of(RegistryException failure) {
        return new Outcome(null, failure);
    }

    /** Nobody knows. */
    static Outcome undecided() {
        return new Outcome(null, null);
    }

    /** Whether another attempt may do better. */
    boolean isTransient() {
        return answer != null ? answer.isTransient() : failure != null && failure.isRetriable();
    }

    /** Whether the attempt tells how the registry is. */
    boolean saysSomething() {
        return answer != null
                || (failure instanceof NoAnswerException none && none.reason().isItsFault());
    }

    /** Whether the registry answered, whatever it said. */
    boolean isAnswer() {
        return answer != null;
    }

    /** Whether another door may do better: one of them may have a certificate that is out of date. */
    boolean mayGoElsewhere() {
        return isTransient() || (failure != null && failure.code() == ErrorCode.UNTRUSTED);
    }

    /** Whether the registry is not well. One that asks for fewer requests is. */
    boolean isTrouble() {
        return isTransient() && (answer == null || answer.status() != TOO_MANY_REQUESTS);
    }

    boolean isInterrupted() {
        return failure instanceof NoAnswerException none && none.reason() == NoAnswerException.Reason.INTERRUPTED;
    }

    /** Whether the registry may have done what it was asked to, without having said so. */
    boolean maybeCarriedOut() {
        return answer != null
                ? answer.status() != TOO_MANY_REQUESTS
                : !(failure instanceof NoAnswerException none) || none.reason().maybeCarriedOut();
    }

    Optional<Duration> retryAfter(Instant now) {
        return answer != null && answer.isTransient()
                ? answer.retryAfter(now)
                : Optional.ofNullable(failure).flatMap(RegistryException::retryAfter);
    }

    /** The answer. */
    Answer get() {
        if (answer != null) {
            return answer;
        }
        throw failure != null ? failure : new IllegalStateException("An attempt ended without an outcome");
    }

    /** What went wrong, for a message. */
    String description() {
        return answer != null
                ? "it answered " + answer.status()
                : String.valueOf(failure == null ? null : failure.getMessage());
    }
}
