package io.concordat.json;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a schema, which may come from anybody: looking for a match takes a bounded number of steps.
 * Safe for many threads.
 */
final class Regex {
    private static final int MAX_STEPS = 100_000;
    private static final int STEPS_A_CHARACTER = 100;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The expression, or null if it is none. */
    static @Nullable Regex of(String expression) {
        try {
            return new Regex(Pattern.compile(expression));
        } catch (PatternSyntaxException | StackOverflowError e) {
            return null;
        }
    }

    /**
     * Whether a match is somewhere in a text.
     *
     * @throws ExhaustedException if that cannot be found out in reasonable time
     */
    boolean isFoundIn(String text) {
        try {
            long steps = MAX_STEPS + (long) STEPS_A_CHARACTER * text.length();
            return pattern.matcher(new CountedText(text, 0, text.length(), new Steps(steps)))
                    .find();
        } catch (StackOverflowError e) {
            throw new ExhaustedException(pattern.pattern());
        }
    }

    /** An expression that takes too long on a text. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException(String expression) {
            super("The regular expression '" + expression + "' takes too long", null, false, false);
        }
    }

    private final class Steps {
        private long left;

        private Steps(long left) {
            this.left = left;
        }

        private void take() {
            left--;
            if (left < 0) {
                throw new ExhaustedException(pattern.pattern());
            }
        }
    }

    /** A text that can be looked at only so many times. */
    private record CountedText(String text, int start, int end, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(start + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new CountedText(text, start + from, start + to, steps);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
