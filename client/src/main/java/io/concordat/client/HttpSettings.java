package io.concordat.client;

import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a registry that is asked over HTTP. */
final class HttpSettings implements RegistrySettings {
    /** What the level is called in a question; an answer may use either name. */
    private static final String LEVEL_IN_CHANGES = "compatibility";

    /** How registries say that nothing was set for a scope. */
    private static final Set<ErrorCode> NOT_SET =
            Set.of(ErrorCode.NO_SUBJECT_COMPATIBILITY, ErrorCode.NO_SUBJECT_MODE, ErrorCode.SUBJECT_NOT_FOUND);

    private final Endpoint endpoint;
    private final HomeContext home;

    HttpSettings(Endpoint endpoint, HomeContext home) {
        this.endpoint = endpoint;
        this.home = home;
    }

    @Override
    public Config config(Subject scope) {
        return endpoint.ask(Call.get(path("/config", scope)), HttpSettings::readConfig);
    }

    @Override
    public Config effectiveConfig(Subject scope) {
        try {
            return endpoint.ask(
                    Call.get(path("/config", scope).flag("defaultToGlobal", true)), HttpSettings::readConfig);
        } catch (RegistryException e) {
            // A registry that does not know the parameter has no level between a subject and the whole either.
            if (isWhole(scope) || !NOT_SET.contains(e.code())) {
                throw e;
            }
            return config(GLOBAL);
        }
    }

    @Override
    public Config updateConfig(Subject scope, ConfigUpdate update) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(JsonShape.of(update.set(), LEVEL_IN_CHANGES));
        for (ConfigField field : update.clear()) {
            body.put(field == ConfigField.COMPATIBILITY ? LEVEL_IN_CHANGES : field.json(), null);
        }
        return endpoint.ask(Call.put(path("/config", scope), body), HttpSettings::readConfig);
    }

    @Override
    public Config deleteConfig(Subject scope) {
        return endpoint.ask(Call.delete(path("/config", scope)), HttpSettings::readConfig);
    }

    @Override
    public Mode mode(Subject scope) {
        return endpoint.ask(Call.get(path("/mode", scope)), HttpSettings::readMode);
    }

    @Override
    public Mode effectiveMode(Subject scope) {
        try {
            return endpoint.ask(Call.get(path("/mode", scope).flag("defaultToGlobal", true)), HttpSettings::readMode);
        } catch (RegistryException e) {
            if (isWhole(scope) || !NOT_SET.contains(e.code())) {
                throw e;
            }
            return mode(GLOBAL);
        }
    }

    @Override
    public Mode updateMode(Subject scope, Mode mode, boolean force) {
        RequestPath path = path("/mode", scope).flag("force", force);
        return endpoint.ask(Call.put(path, Map.of("mode", mode.name())), HttpSettings::readMode);
    }

    @Override
    public Mode deleteMode(Subject scope) {
        return endpoint.ask(Call.delete(path("/mode", scope)), HttpSettings::readMode);
    }

    private static boolean isWhole(Subject scope) {
        return scope.equals(GLOBAL);
    }

    private RequestPath path(String resource, Subject scope) {
        RequestPath path = RequestPath.of(resource);
        return isWhole(scope) ? path : path.subject(home.asked(scope));
    }

    private static Config readConfig(Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        String inAnswers = ConfigField.COMPATIBILITY.json();
        return JsonShape.config(members, members.containsKey(inAnswers) ? inAnswers : LEVEL_IN_CHANGES);
    }

    private static Mode readMode(Object json) {
        String name = JsonShape.text("mode", JsonShape.object("answer", json).get("mode"));
        return Mode.find(name).orElseThrow(() -> new IllegalArgumentException("there is no mode '" + name + "'"));
    }
}
