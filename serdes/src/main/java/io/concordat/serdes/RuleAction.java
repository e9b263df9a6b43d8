package io.concordat.serdes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done after a rule was carried out, by the name that the rule's {@code onSuccess} or {@code onFailure} gives. The names
 * {@code ERROR}, which fails the record, and {@code NONE} are taken. Safe for many threads once configured.
 *
 * <p>Handed to {@link MessageSerializer.Builder#ruleAction}, named by {@code rule.actions.<name>.class}, or found by
 * {@link java.util.ServiceLoader}; the latter two need a public constructor without arguments.
 */
public interface RuleAction extends AutoCloseable {
    /** The name that rules know it by, unless the settings give it another. */
    String type();

    /**
     * Tells the settings, once, before anything else: those behind {@code rule.actions._default_.param.},
     * {@code rule.actions._<type>_.param.} and {@code rule.actions.<name>.param.}, where later ones win. One that is handed over
     * is not told any.
     *
     * @throws IllegalArgumentException if a setting makes no sense
     */
    default void configure(Map<String, ?> settings) {}

    /**
     * Acts. If it returns after a failure, the record goes on as if there had been no such rule.
     *
     * @param value after a success what the rule made of the value, after a failure the value itself
     * @param failure why the rule failed; null after a success
     * @throws RuntimeException fails the record
     */
    void run(RuleContext context, Object value, @Nullable RuleException failure);

    /** Lets go of what it holds. Called for those that were not handed over. */
    @Override
    default void close() {}
}
