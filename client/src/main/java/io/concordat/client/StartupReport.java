package io.concordat.client;

import io.concordat.api.Subject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Everything that is in the way of an application, found before its first record.
 *
 * @param problems empty if nothing is
 */
public record StartupReport(List<Problem> problems) {
    public StartupReport {
        problems = List.copyOf(problems);
    }

    public boolean isReady() {
        return problems.isEmpty();
    }

    /**
     * Ends the start if there is a problem.
     *
     * @throws IllegalStateException that names every problem, a line for each
     */
    public void orThrow() {
        if (!isReady()) {
            throw new IllegalStateException("Not ready to start:\n" + this);
        }
    }

    /** The problems, a line for each. */
    @Override
    public String toString() {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    /**
     * One of them.
     *
     * @param subject where
     * @param message what, and what to do about it
     */
    public record Problem(Subject subject, String message) {
        public Problem {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String toString() {
            return subject + ": " + message;
        }
    }
}
