package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.ConfigRemoved;
import io.concordat.engine.record.LogEvent.ContextRemoved;
import io.concordat.engine.record.LogEvent.ModeRemoved;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.record.LogEvent.SubjectDeleted;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.SubjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How versions are deleted: softly first, then for good, and never while something refers to them. */
final class Deletion {
    private final RegistryState committed;
    private final EffectiveSettings settings;

    Deletion(RegistryState committed, EffectiveSettings settings) {
        this.committed = committed;
        this.settings = settings;
    }

    Decision<List<Integer>> subject(RegistryView view, Subject subject, boolean permanent) {
        Subjects.requireValid(subject);
        SubjectState state = view.subject(subject);
        if (state.isEmpty()) {
            throw Lookup.subjectNotFound(subject);
        }
        Modes.requireWritable(settings.mode(view, subject), subject);
        return permanent ? removeSubject(view, subject, state) : deleteSubject(view, subject, state);
    }

    Decision<Integer> version(RegistryView view, Subject subject, VersionSpec version, boolean permanent) {
        Subjects.requireValid(subject);
        SubjectState state = view.subject(subject);
        if (state.isEmpty()) {
            throw Lookup.subjectNotFound(subject);
        }
        RegisteredSchema row = state.find(version).orElseThrow(() -> versionNotFound(version));
        Modes.requireWritable(settings.mode(view, subject), subject);
        return permanent ? removeVersion(view, state, row) : deleteVersion(view, row);
    }

    Decision<Context> context(RegistryView view, Context context) {
        Subject scope = Subject.all(context);
        if (committed.hasSubjects(context)) {
            throw new RegistryException(
                    ErrorCode.CONTEXT_NOT_EMPTY, "The specified context ':" + context + ":' is not empty.");
        }
        Modes.requireWritable(settings.mode(view, scope), scope);
        return context.isDefault() || !view.hasContext(context)
                ? Decision.nothingToWrite(context)
                : new Decision<>(List.of(new ContextRemoved(context)), context);
    }

    private static Decision<List<Integer>> deleteSubject(RegistryView view, Subject subject, SubjectState state) {
        List<RegisteredSchema> live = state.rows(Deleted.EXCLUDED);
        if (live.isEmpty()) {
            throw new RegistryException(
                    ErrorCode.SUBJECT_SOFT_DELETED,
                    "Subject '" + subject + "' was soft deleted.Set permanent=true to delete permanently");
        }
        requireUnreferenced(view, live, Deleted.EXCLUDED, referrer -> !referrer.equals(subject));
        int highest = live.get(live.size() - 1).version();
        return new Decision<>(List.of(new SubjectDeleted(subject, highest)), versions(live));
    }

    private static Decision<List<Integer>> removeSubject(RegistryView view, Subject subject, SubjectState state) {
        if (state.has(Deleted.EXCLUDED)) {
            throw new RegistryException(
                    ErrorCode.SUBJECT_NOT_SOFT_DELETED,
                    "Subject '" + subject + "' was not deleted first before being permanently deleted");
        }
        requireUnreferenced(view, state.rows(), Deleted.INCLUDED, referrer -> !referrer.equals(subject));
        List<LogEvent> events = new ArrayList<>();
        for (int i = state.rows().size() - 1; i >= 0; i--) {
            events.add(new SchemaRemoved(subject, state.rows().get(i).version()));
        }
        events.addAll(withoutSettings(view, subject));
        return new Decision<>(events, versions(state.rows()));
    }

    private static Decision<Integer> deleteVersion(RegistryView view, RegisteredSchema row) {
        if (row.deleted()) {
            throw new RegistryException(
                    ErrorCode.VERSION_SOFT_DELETED,
                    "Subject '" + row.subject() + "' Version " + row.version()
                            + " was soft deleted.Set permanent=true to delete permanently");
        }
        requireUnreferenced(view, List.of(row), Deleted.EXCLUDED, referrer -> true);
        return new Decision<>(
                List.of(new SchemaRow(row.subject(), row.version(), row.id(), row.content(), true)), row.version());
    }

    private static Decision<Integer> removeVersion(RegistryView view, SubjectState state, RegisteredSchema row) {
        requireUnreferenced(view, List.of(row), Deleted.INCLUDED, referrer -> true);
        if (!row.deleted()) {
            throw new RegistryException(
                    ErrorCode.VERSION_NOT_SOFT_DELETED,
                    "Subject '" + row.subject() + "' Version " + row.version()
                            + " was not deleted first before being permanently deleted");
        }
        List<LogEvent> events = new ArrayList<>();
        events.add(new SchemaRemoved(row.subject(), row.version()));
        if (state.rows().size() == 1) {
            events.addAll(withoutSettings(view, row.subject()));
        }
        return new Decision<>(events, row.version());
    }

    /** A subject that is gone leaves no settings behind. Those of a nameless one are its context's, and stay. */
    private static List<LogEvent> withoutSettings(RegistryView view, Subject subject) {
        List<LogEvent> events = new ArrayList<>();
        if (subject.isWholeContext()) {
            return events;
        }
        view.mode(subject).ifPresent(mode -> events.add(new ModeRemoved(subject)));
        view.config(subject).ifPresent(config -> events.add(new ConfigRemoved(subject)));
        return events;
    }

    /** @throws RegistryException {@link ErrorCode#REFERENCE_EXISTS} if a version in that state refers to one of these */
    static void requireUnreferenced(
            RegistryView view, List<RegisteredSchema> rows, Deleted referrers, Predicate<Subject> counts) {
        for (RegisteredSchema row : rows) {
            SubjectVersion target = new SubjectVersion(row.subject(), row.version());
            Optional<SubjectVersion> referrer = view.referrers(target).stream()
                    .filter(from -> counts.test(from.subject()))
                    .filter(from -> view.subject(from.subject())
                            .find(from.version())
                            .filter(found -> referrers.accepts(found.deleted()))
                            .isPresent())
                    .findFirst();
            if (referrer.isPresent()) {
                throw new RegistryException(
                        ErrorCode.REFERENCE_EXISTS,
                        "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=" + row.subject()
                                + ",version=" + row.version() + "}.");
            }
        }
    }

    static RegistryException versionNotFound(VersionSpec version) {
        return new RegistryException(ErrorCode.VERSION_NOT_FOUND, "Version " + version.number() + " not found.");
    }

    private static List<Integer> versions(List<RegisteredSchema> rows) {
        return rows.stream().map(RegisteredSchema::version).toList();
    }
}
