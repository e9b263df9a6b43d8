package io.concordat.client;

import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.RegistryException;
import org.jspecify.annotations.Nullable;

/** What another thread ran into, for those who waited for it: each gets an exception of its own, with its own stack. */
final class SharedFailure {
    private SharedFailure() {}

    static RuntimeException of(@Nullable Throwable failure) {
        if (failure instanceof IncompatibleSchemaException refusal) {
            IncompatibleSchemaException again =
                    new IncompatibleSchemaException(String.valueOf(refusal.getMessage()), refusal.report());
            again.initCause(refusal);
            return again;
        }
        if (failure instanceof RegistryException refusal) {
            return new RegistryException(
                    refusal.code(),
                    refusal.number(),
                    String.valueOf(refusal.getMessage()),
                    refusal,
                    refusal.retryAfter().orElse(null));
        }
        return new IllegalStateException("Another thread failed to load this", failure);
    }
}
