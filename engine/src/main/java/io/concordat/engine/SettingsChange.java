package io.concordat.engine;

import io.concordat.api.Config;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Subject;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.ConfigRemoved;
import io.concordat.engine.record.LogEvent.ConfigRow;
import io.concordat.engine.record.LogEvent.DeletedCleared;
import io.concordat.engine.record.LogEvent.ModeRemoved;
import io.concordat.engine.record.LogEvent.ModeRow;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How settings and modes are changed. */
final class SettingsChange {
    private final RegistryState committed;
    private final EffectiveSettings settings;

    SettingsChange(RegistryState committed, EffectiveSettings settings) {
        this.committed = committed;
        this.settings = settings;
    }

    Decision<Config> updateConfig(RegistryView view, Subject scope, ConfigUpdate update) {
        Subjects.requireValidScope(scope);
        Stream.of(update.set().defaultRuleSet(), update.set().overrideRuleSet())
                .flatMap(Optional::stream)
                .forEach(RuleSets::requireValid);
        Modes.requireWritable(settings.mode(view, scope), scope);
        Config changed = view.config(scope).orElse(Config.EMPTY).apply(update);
        return new Decision<>(List.of(new ConfigRow(scope, changed)), changed);
    }

    Decision<Config> deleteConfig(RegistryView view, Subject scope) {
        Modes.requireWritable(settings.mode(view, scope), scope);
        Config old = settings.own(view, scope).orElseThrow(() -> Lookup.subjectNotFound(scope));
        return view.config(scope).isEmpty()
                ? Decision.nothingToWrite(old)
                : new Decision<>(List.of(new ConfigRemoved(scope)), old);
    }

    Decision<Mode> updateMode(RegistryView view, Subject scope, Mode mode, boolean force) {
        Subjects.requireValidScope(scope);
        if (mode == Mode.FORWARD && !scope.equals(Subject.all(Context.GLOBAL))) {
            throw new RegistryException(ErrorCode.INVALID_MODE, "Forward mode only supported on global level");
        }
        List<LogEvent> events = new ArrayList<>();
        if (mode == Mode.IMPORT && settings.mode(view, scope) != Mode.IMPORT && !force) {
            events.addAll(clearedFor(view, scope));
        }
        events.add(new ModeRow(scope, mode));
        return new Decision<>(events, mode);
    }

    /** An import must not meet what is there: live versions forbid it, soft-deleted ones are removed. */
    private List<LogEvent> clearedFor(RegistryView view, Subject scope) {
        List<LogEvent> events = new ArrayList<>();
        for (Subject subject : subjectsIn(scope)) {
            if (view.subject(subject).has(Deleted.EXCLUDED)) {
                throw new RegistryException(
                        ErrorCode.OPERATION_NOT_PERMITTED, "Cannot import since found existing subjects");
            }
            List<RegisteredSchema> rows = view.subject(subject).rows();
            Deletion.requireUnreferenced(view, rows, Deleted.INCLUDED, referrer -> !referrer.equals(subject));
            for (int i = rows.size() - 1; i >= 0; i--) {
                events.add(new SchemaRemoved(subject, rows.get(i).version()));
            }
        }
        events.add(new DeletedCleared(scope));
        return events;
    }

    private List<Subject> subjectsIn(Subject scope) {
        if (!scope.isWholeContext()) {
            return List.of(scope);
        }
        return scope.context().equals(Context.GLOBAL)
                ? committed.contexts().stream()
                        .flatMap(context -> committed.subjectsOf(context).stream())
                        .toList()
                : committed.subjectsOf(scope.context());
    }

    /** A request without a mode removes it, and says nothing. */
    Decision<Optional<Mode>> clearMode(RegistryView view, Subject scope) {
        Subjects.requireValidScope(scope);
        Optional<Mode> old = view.mode(scope);
        return new Decision<>(old.isPresent() ? List.of(new ModeRemoved(scope)) : List.of(), old);
    }

    /**
     * Removes a scope's mode.
     *
     * @param recursive whether the modes of all subjects of the context go too
     * @return the mode of the scope itself, if it had one
     */
    Decision<Optional<Mode>> deleteMode(RegistryView view, Subject scope, boolean recursive) {
        Optional<Mode> old = view.mode(scope);
        List<Subject> scopes = new ArrayList<>();
        old.ifPresent(mode -> scopes.add(scope));
        if (recursive && scope.isWholeContext()) {
            committed.scopesWithMode(scope.context()).stream()
                    .filter(other -> !other.equals(scope))
                    .forEach(scopes::add);
        }
        if (old.isEmpty() && scope.equals(RegistrySettings.GLOBAL)) {
            old = Optional.of(Mode.READWRITE);
        }
        if (old.isEmpty() && !recursive) {
            throw Lookup.subjectNotFound(scope);
        }
        return new Decision<>(scopes.stream().<LogEvent>map(ModeRemoved::new).toList(), old);
    }
}
