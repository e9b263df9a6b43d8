package io.concordat.serdes;

import io.concordat.api.RuleKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the rules of one type that schemas hold. Safe for many threads once configured.
 *
 * <p>Handed to {@link MessageSerializer.Builder#ruleExecutor}, named by {@code rule.executors.<name>.class}, or found by
 * {@link java.util.ServiceLoader}; the latter two need a public constructor without arguments.
 */
public interface RuleExecutor extends AutoCloseable {
    /** The type of rules it carries out, such as {@code CEL}. */
    String type();

    /**
     * Tells the settings, once, before anything else: those behind {@code rule.executors._default_.param.},
     * {@code rule.executors._<type>_.param.} and {@code rule.executors.<name>.param.}, where later ones win. One that is handed
     * over is not told any.
     *
     * @throws IllegalArgumentException if a setting makes no sense
     */
    default void configure(Map<String, ?> settings) {}

    /**
     * Carries out a rule on a value: on the record itself for a domain rule, on its bytes ({@code byte[]}) for an encoding rule,
     * and for a migration rule on the record as the language reads it without classes of the application.
     *
     * @return for a {@link RuleKind#CONDITION} whether it is met, as a Boolean; for a {@link RuleKind#TRANSFORM} what takes the
     *     value's place, null if that failed. What a migration rule returns must fit the schema that is read into
     * @throws RuleException if the rule fails
     * @throws io.concordat.api.RegistryException from a registry that was asked: passed on, so that what is transient stays so
     */
    @Nullable
    Object execute(RuleContext context, Object value);

    /** Lets go of what it holds. Called for those that were not handed over. */
    @Override
    default void close() {}
}
