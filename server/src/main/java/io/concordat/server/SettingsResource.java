package io.concordat.server;

import io.concordat.api.Config;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.RegistryEngine;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Settings and modes of subjects, of contexts and of the registry. */
final class SettingsResource {
    /** What the level is called in an answer to a question, and what in a change. */
    private static final String ASKED = "compatibilityLevel";

    private static final String CHANGED = "compatibility";

    private final RegistryEngine engine;

    SettingsResource(RegistryEngine engine) {
        this.engine = engine;
    }

    Answer config(Request request) {
        Subject scope = scope(request);
        RegistrySettings settings = engine.settings();
        return config(request.flag("defaultToGlobal") ? settings.effectiveConfig(scope) : settings.config(scope));
    }

    CompletionStage<Answer> updateConfig(Request request) {
        String name = isGlobal(request) ? "updateTopLevelConfig" : "updateSubjectLevelConfig";
        ConfigUpdate update = request.read(name, members -> JsonShape.configUpdate(members, CHANGED));
        return engine.updateConfigAsync(scope(request), update)
                .thenApply(config -> Answer.json(JsonShape.of(config, CHANGED)));
    }

    CompletionStage<Answer> deleteConfig(Request request) {
        return engine.deleteConfigAsync(scope(request)).thenApply(SettingsResource::config);
    }

    Answer mode(Request request) {
        Subject scope = scope(request);
        RegistrySettings settings = engine.settings();
        return mode((request.flag("defaultToGlobal") ? settings.effectiveMode(scope) : settings.mode(scope)).name());
    }

    CompletionStage<Answer> updateMode(Request request) {
        String name = isGlobal(request) ? "updateTopLevelMode" : "updateMode";
        Optional<String> sent = request.read(name, SettingsResource::sentMode);
        if (sent.isEmpty()) {
            return engine.clearModeAsync(scope(request)).thenApply(old -> mode((String) null));
        }
        Mode mode = Mode.find(sent.get()).orElseThrow(SettingsResource::unknownMode);
        // The answer repeats the request, letter by letter.
        return engine.updateModeAsync(scope(request), mode, request.flag("force"))
                .thenApply(set -> mode(sent.get()));
    }

    /** The mode as it is spelled, or empty if it is to be removed. */
    private static Optional<String> sentMode(Map<?, ?> members) {
        if (!members.containsKey("mode")) {
            throw unknownMode();
        }
        return Optional.ofNullable(members.get("mode")).map(value -> JsonShape.text("mode", value));
    }

    CompletionStage<Answer> deleteMode(Request request) {
        return engine.deleteModeAsync(scope(request), request.flag("recursive"))
                .thenApply(old -> old.map(mode -> mode(mode.name())).orElseGet(() -> Answer.json(Map.of())));
    }

    private static Answer config(Config config) {
        return Answer.json(JsonShape.of(config, ASKED));
    }

    private static Answer mode(@Nullable String name) {
        return Answer.json(Collections.singletonMap("mode", name));
    }

    private static boolean isGlobal(Request request) {
        return !request.path().containsKey("subject");
    }

    private static Subject scope(Request request) {
        return isGlobal(request) ? RegistrySettings.GLOBAL : Subject.of(request.path("subject"));
    }

    private static RegistryException unknownMode() {
        return new RegistryException(
                ErrorCode.INVALID_MODE, "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.");
    }
}
