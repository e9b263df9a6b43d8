package io.concordat.serdes;

import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.SchemaContent;
import io.concordat.api.format.ParsedSchema;
import org.jspecify.annotations.Nullable;

/**
 * One rule in one direction, with what carries it out.
 *
 * @param rule the rule
 * @param mode the direction
 * @param schema the schema that holds it
 * @param stored the same schema as the registry has it
 * @param executor null if there is none for its type
 * @param onSuccess what follows if it is met
 * @param onFailure what follows if it is not
 */
record RuleStep(
        Rule rule,
        RuleMode mode,
        ParsedSchema schema,
        SchemaContent stored,
        @Nullable RuleExecutor executor,
        Reaction onSuccess,
        Reaction onFailure) {

    /** Whether nobody brought along what carries it out, or what follows it. */
    boolean lacksSomething() {
        return executor == null || onSuccess instanceof Unknown || onFailure instanceof Unknown;
    }

    /** @throws RuleException if the record fails */
    Object run(Object value, RecordAtHand record) {
        RuleContext context = record.context(this);
        if (executor == null) {
            return failed(context, value, missing());
        }
        Object result;
        try {
            result = checked(executor.execute(context, value), value);
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Interruption.isBehind(e)) {
                throw Interruption.told("within the rule '" + rule.name() + "'", e);
            }
            return failed(context, value, e instanceof RuleException said ? said : new RuleException(e.toString(), e));
        }
        onSuccess.follow(context, result, null);
        return result;
    }

    private Object failed(RuleContext context, Object value, RuleException failure) {
        if (executor == null && mode == RuleMode.WRITE) {
            throw failure;
        }
        onFailure.follow(context, value, failure);
        return value;
    }

    private Object checked(@Nullable Object result, Object value) {
        if (rule.kind() == RuleKind.CONDITION) {
            if (!Boolean.TRUE.equals(result)) {
                throw new RuleException(
                        "the condition is not met" + (rule.expr().isEmpty() ? "" : ": " + rule.expr()));
            }
            return value;
        }
        if (result == null) {
            throw new RuleException("there is no result");
        }
        return result;
    }

    private static RuleException missing() {
        return new RuleException(
                "this serializer cannot execute rules of that type; it is not skipped, since it may" + " protect data");
    }

    /** What is done after a rule. */
    sealed interface Reaction {
        /**
         * Does it.
         *
         * @throws RuleException if that fails the record
         */
        void follow(RuleContext context, Object value, @Nullable RuleException failure);
    }

    /** Fails the record. */
    record Fail() implements Reaction {
        @Override
        public void follow(RuleContext context, Object value, @Nullable RuleException failure) {
            throw failure != null ? failure : new RuleException("its action after a success is ERROR");
        }
    }

    /** Goes on. */
    record GoOn() implements Reaction {
        @Override
        public void follow(RuleContext context, Object value, @Nullable RuleException failure) {}
    }

    /** Does what the application brought along. */
    record Act(RuleAction action) implements Reaction {
        @Override
        public void follow(RuleContext context, Object value, @Nullable RuleException failure) {
            try {
                action.run(context, value, failure);
            } catch (RegistryException e) {
                throw e;
            } catch (RuntimeException e) {
                if (Interruption.isBehind(e)) {
                    throw Interruption.told("within the action '" + action.type() + "'", e);
                }
                throw e instanceof RuleException said
                        ? said
                        : new RuleException("its action '" + action.type() + "' failed: " + e, e);
            }
        }
    }

    /** Fails the record, because nobody brought the action along. */
    record Unknown(String name) implements Reaction {
        @Override
        public void follow(RuleContext context, Object value, @Nullable RuleException failure) {
            throw new RuleException(
                    (failure == null ? "" : failure.getMessage() + "; ") + "there is no action '" + name + "'",
                    failure);
        }
    }
}
