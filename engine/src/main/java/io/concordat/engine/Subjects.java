package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;

/** Which names subjects may have. */
final class Subjects {
    private Subjects() {}

    /**
     * A subject for a new schema: neither several ones at once, nor one that cannot be.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SUBJECT}
     */
    static void requireOne(Subject subject) {
        if (subject.qualified().startsWith(":*:")) {
            throw invalid(subject);
        }
        requireValid(subject);
    }

    /**
     * A subject that schemas can be registered under.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SUBJECT}
     */
    static void requireValid(Subject subject) {
        if (subject.context().equals(Context.GLOBAL)) {
            throw invalid(subject);
        }
        requireValidScope(subject);
    }

    /**
     * A subject or context that settings can be made for.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SUBJECT}
     */
    static void requireValidScope(Subject scope) {
        boolean reserved = scope.name().equals("__GLOBAL")
                || scope.name().equals("__EMPTY")
                || (scope.context().equals(Context.GLOBAL) && !scope.isWholeContext())
                || scope.context().name().equals(".__concordat");
        if (reserved || scope.qualified().chars().anyMatch(Character::isISOControl)) {
            throw invalid(scope);
        }
    }

    private static RegistryException invalid(Subject subject) {
        return new RegistryException(
                ErrorCode.INVALID_SUBJECT, "The specified subject '" + subject + "' is not a valid.");
    }
}
