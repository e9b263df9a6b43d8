package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Subject;

/** Which subject a request is really about. */
final class Aliases {
    private final RegistrySettings settings;

    Aliases(RegistrySettings settings) {
        this.settings = settings;
    }

    /** The subject of that name, or the one it stands for: one step, and only by the subject's own settings. */
    Subject subject(String qualifiedName) {
        Subject asked = Subject.of(qualifiedName);
        return settings.effectiveConfig(asked).alias().isEmpty() ? asked : own(asked);
    }

    private Subject own(Subject asked) {
        try {
            return settings.config(asked).alias().map(asked::resolve).orElse(asked);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NO_SUBJECT_COMPATIBILITY) {
                return asked;
            }
            throw e;
        }
    }
}
