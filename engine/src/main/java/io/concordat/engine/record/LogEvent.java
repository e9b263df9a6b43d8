package io.concordat.engine.record;

import io.concordat.api.Association;
import io.concordat.api.Config;
import io.concordat.api.Context;
import io.concordat.api.Mode;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one record of the log says has happened. */
public sealed interface LogEvent {
    /** A version of a subject as it is from now on. */
    record SchemaRow(Subject subject, int version, int id, SchemaContent content, boolean deleted) implements LogEvent {
        public SchemaRow {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(content, "content");
        }

        public static SchemaRow live(Subject subject, int version, int id, SchemaContent content) {
            return new SchemaRow(subject, version, id, content, false);
        }
    }

    /** A version of a subject is gone for good. */
    record SchemaRemoved(Subject subject, int version) implements LogEvent {}

    /** All live versions of a subject up to one are soft-deleted. */
    record SubjectDeleted(Subject subject, int version) implements LogEvent {}

    /** The soft-deleted versions of a subject, or of all subjects of a context, are forgotten. */
    record DeletedCleared(Subject scope) implements LogEvent {}

    /** The settings of a scope as they are from now on. */
    record ConfigRow(Subject scope, Config config) implements LogEvent {}

    /** A scope has no settings of its own any more. */
    record ConfigRemoved(Subject scope) implements LogEvent {}

    /** The mode of a scope as it is from now on. */
    record ModeRow(Subject scope, Mode mode) implements LogEvent {}

    /** A scope has no mode of its own any more. */
    record ModeRemoved(Subject scope) implements LogEvent {}

    /** A context exists. */
    record ContextRow(Context context) implements LogEvent {}

    /** A context exists no more. */
    record ContextRemoved(Context context) implements LogEvent {}

    /** An association as it is from now on; without a time of its own unless it was there before. */
    record AssociationRow(Association association) implements LogEvent {}

    /** An association exists no more. */
    record AssociationRemoved(AssociationKey key) implements LogEvent {}

    /**
     * Who the registry is and which ids it has ever handed out: Concordat's own record, kept in a member of a settings row
     * that other registries pass over.
     *
     * @param clusterId the registry's identity
     * @param marks the highest id per context
     */
    record Marks(String clusterId, Map<Context, Integer> marks) implements LogEvent {
        public Marks {
            Objects.requireNonNull(clusterId, "clusterId");
            marks = Map.copyOf(new TreeMap<>(marks));
        }
    }

    /** Nothing. */
    record Noop() implements LogEvent {}

    /**
     * A record of a kind, or in a state, that this registry does not understand. It is kept in the log as it is.
     *
     * @param reason what is wrong with it
     * @param damaged whether it cannot be read at all, rather than being of an unknown kind
     */
    record Unknown(String reason, boolean damaged) implements LogEvent {}
}
