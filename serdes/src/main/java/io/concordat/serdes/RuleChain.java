package io.concordat.serdes;

import io.concordat.api.RuleMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that run one after the other.
 *
 * @param steps in the order in which they run
 */
record RuleChain(List<RuleStep> steps) {
    static final RuleChain NONE = new RuleChain(List.of());

    RuleChain {
        steps = List.copyOf(steps);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** These rules, and before them those of another chain that nothing can carry out and that are not among these. */
    RuleChain withMissingOf(RuleChain other) {
        List<RuleStep> all = new ArrayList<>();
        other.steps.stream()
                .filter(step -> step.executor() == null)
                .filter(step -> steps.stream()
                        .noneMatch(own -> own.rule().name().equals(step.rule().name())))
                .forEach(all::add);
        all.addAll(steps);
        return new RuleChain(all);
    }

    /** @throws FailedException if a rule fails the record */
    Object run(Object value, RecordAtHand record) {
        Object current = value;
        for (RuleStep step : steps) {
            if (step.mode() != RuleMode.WRITE
                    && record.wasPutAsideBy(step.rule().name())) {
                continue;
            }
            try {
                current = step.run(current, record);
            } catch (RuleException e) {
                throw new FailedException(step, e);
            }
        }
        return current;
    }

    /** Runs rules on bytes. */
    byte[] runOnBytes(byte[] bytes, RecordAtHand record) {
        Object result = run(bytes, record);
        if (result instanceof byte[] transformed) {
            return transformed;
        }
        RuleStep last = steps.get(steps.size() - 1);
        throw new FailedException(
                last,
                new RuleException("an encoding rule gives bytes, not a "
                        + result.getClass().getName()));
    }

    /** A rule has failed the record. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean configuration;

        FailedException(RuleStep step, RuleException cause) {
            super(
                    "its schema carries the rule '" + step.rule().name() + "' of type '"
                            + step.rule().type() + "', which failed: " + cause.getMessage(),
                    cause);
            this.configuration = step.lacksSomething();
        }

        /** Whether it failed because nobody brought along what the rule needs. */
        boolean isConfiguration() {
            return configuration;
        }
    }
}
