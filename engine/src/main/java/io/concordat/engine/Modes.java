package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;

/** What modes forbid, and how it is said. */
final class Modes {
    private Modes() {}

    /** @throws RegistryException {@link ErrorCode#OPERATION_NOT_PERMITTED} if the subject is read-only */
    static void requireWritable(Mode mode, Subject subject) {
        if (mode.isReadOnly()) {
            throw notPermitted(subject, "is in read-only mode");
        }
    }

    static RegistryException notPermitted(Subject subject, String why) {
        return new RegistryException(
                ErrorCode.OPERATION_NOT_PERMITTED,
                "Subject " + subject + " in context " + shown(subject.context()) + " " + why);
    }

    /** A context as the prefix it is to its subjects: the default one is not named. */
    static String shown(Context context) {
        return context.prefix();
    }
}
