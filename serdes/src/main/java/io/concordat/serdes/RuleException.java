package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/**
 * A rule that was not met or could not be carried out, or an action after it that went wrong. What became of the record is up
 * to the rule's actions.
 */
public class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuleException(String message) {
        this(message, null);
    }

    public RuleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
