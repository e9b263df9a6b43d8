package io.concordat.engine;

import io.concordat.api.Compatibility;
import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.Context;
import io.concordat.api.Mode;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Subject;
import io.concordat.engine.state.RegistryView;
import java.util.List;
import java.util.Optional;

/** What holds for a subject, wherever it was set. */
final class EffectiveSettings {
    private static final Subject EVERYWHERE = Subject.all(Context.GLOBAL);

    /** What a subject's own settings take over from the default context's where they say nothing. */
    private static final List<ConfigField> INHERITED = List.of(
            ConfigField.NORMALIZE,
            ConfigField.VALIDATE_FIELDS,
            ConfigField.VALIDATE_NEW_SCHEMAS,
            ConfigField.VALIDATE_RULES,
            ConfigField.COMPATIBILITY_POLICY,
            ConfigField.COMPATIBILITY_GROUP);

    private final Compatibility defaultLevel;
    private final Config nothingSet;

    EffectiveSettings(Compatibility defaultLevel) {
        this.defaultLevel = defaultLevel;
        nothingSet = Config.of(defaultLevel);
    }

    /** Settings as they are shown: a level is always among them. */
    Config withLevel(Config config) {
        return config.compatibility().isPresent() ? config : config.with(ConfigField.COMPATIBILITY, defaultLevel);
    }

    /**
     * Exactly one record holds: the subject's own, or its context's, or the one for everywhere. Only the subject's own is
     * filled up, and not with the level, which is the server's default where it is missing.
     */
    Config config(RegistryView view, Subject subject) {
        return withLevel(view.config(subject)
                .map(own -> inherit(own, view.config(RegistrySettings.GLOBAL).orElse(Config.EMPTY)))
                .or(() -> view.config(Subject.all(subject.context())))
                .or(() -> view.config(EVERYWHERE))
                .orElse(nothingSet));
    }

    Mode mode(RegistryView view, Subject subject) {
        return view.mode(subject)
                .or(() -> view.mode(Subject.all(subject.context())))
                .or(() -> view.mode(EVERYWHERE))
                .orElse(Mode.READWRITE);
    }

    /** What a scope's own record says, or empty. Nothing set for the default context is the server's default. */
    Optional<Config> own(RegistryView view, Subject scope) {
        Optional<Config> own = view.config(scope);
        return (scope.equals(RegistrySettings.GLOBAL) ? Optional.of(own.orElse(Config.EMPTY)) : own)
                .map(this::withLevel);
    }

    private static Config inherit(Config own, Config global) {
        Config filled = own;
        for (ConfigField field : INHERITED) {
            Object inherited = global.values().get(field);
            if (inherited != null && !own.values().containsKey(field)) {
                filled = filled.with(field, inherited);
            }
        }
        return filled;
    }
}
