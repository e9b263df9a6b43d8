package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Lifecycle;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of what one resource is associated with: all of it happens, or nothing.
 *
 * @param resource the resource; its name and namespace may be empty if its id is known already
 * @param changes what is to be done, in order
 */
public record AssociationRequest(AssociatedResource resource, List<Change> changes) {
    public AssociationRequest {
        Objects.requireNonNull(resource, "resource");
        changes = List.copyOf(changes);
    }

    /** What is to be done with an association. */
    public enum Operation {
        /** Make it; one that is there already must be the same. */
        CREATE,
        /** Make it, or change the one that is there. */
        UPSERT,
        /** Remove it. */
        DELETE
    }

    /**
     * What is to be done about one use of the resource.
     *
     * @param operation what is to be done
     * @param type what the subject is used for: {@code key} or {@code value}
     * @param subject the subject; if absent the one that is associated, else the resource's own
     * @param lifecycle if absent as it is, or weak unless frozen
     * @param frozen if absent as it is, or not frozen
     * @param schema what to register under the subject first
     * @param cascade whether to remove even what is frozen, and a subject that belongs to the resource with it
     */
    public record Change(
            Operation operation,
            String type,
            Optional<Subject> subject,
            Optional<Lifecycle> lifecycle,
            Optional<Boolean> frozen,
            Optional<NewSchema> schema,
            boolean cascade) {
        public Change {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(lifecycle, "lifecycle");
            Objects.requireNonNull(frozen, "frozen");
            Objects.requireNonNull(schema, "schema");
        }
    }

    /** A schema to register, and what becomes of the tags in its text. */
    public record NewSchema(SchemaContent content, RegisterOptions options, TagChange tags) {
        public NewSchema {
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(tags, "tags");
        }
    }
}
