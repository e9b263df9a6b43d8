package io.concordat.engine;

import io.concordat.api.Association;
import io.concordat.api.Subject;
import io.concordat.engine.state.RegistryState;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * What resources outside the registry use its subjects.
 *
 * <p>Safe for many threads. Reads are answered from memory; they cost what they return, filters what they pass over. Writes
 * do not wait for the log; what they are answered has been made durable and can be read.
 */
public final class Associations {
    /** In a question, any namespace. */
    public static final String ANY_NAMESPACE = "-";

    private final RegistryState state;
    private final CommitLoop commits;
    private final AssociationChange changes;

    Associations(RegistryState state, CommitLoop commits, AssociationChange changes) {
        this.state = state;
        this.commits = commits;
        this.changes = changes;
    }

    /** What is associated with a subject, by resource. */
    public Stream<Association> ofSubject(Subject subject, AssociationFilter filter) {
        return state.associations().ofSubject(subject).stream().filter(filter::accepts);
    }

    /** What the resource with that id is associated with. */
    public Stream<Association> ofResource(String id, AssociationFilter filter) {
        return state.associations().ofResource(id).stream().filter(filter::accepts);
    }

    /**
     * What the resource with that name is associated with.
     *
     * @param namespace where the name counts; {@link #ANY_NAMESPACE} for all such resources
     */
    public Stream<Association> ofResource(String namespace, String name, AssociationFilter filter) {
        Stream<Association> found = namespace.equals(ANY_NAMESPACE)
                ? state.associations().ofResourcesNamed(name)
                : state.associations().ofResource(namespace, name).stream();
        return found.filter(filter::accepts);
    }

    /**
     * Changes what a resource is associated with. Refused with an {@code ErrorCode} of associations, or one of those of
     * registering if schemas come along.
     *
     * @param dryRun whether only to say what would become of it
     * @param preparer runs what takes time: parsing and judging the schemas
     * @return completes on the writer's thread or the preparer's
     */
    public CompletionStage<AssociationResult> changeAsync(
            AssociationRequest request, boolean dryRun, Executor preparer) {
        return PreparedTask.start(new AssociationWork(changes, request, dryRun), commits, preparer);
    }

    /**
     * Removes what the resource with that id is associated with.
     *
     * @param cascade whether what is frozen goes too, and with a strong association its subject
     * @param dryRun whether only to say whether it would be possible
     * @return completes on the writer's thread; with {@code ASSOCIATION_NOT_FOUND} if there is nothing to remove
     */
    public CompletionStage<List<Association>> removeAsync(
            String resourceId, AssociationFilter filter, boolean cascade, boolean dryRun) {
        return commits.submit(view -> {
            Decision<List<Association>> decided = changes.remove(resourceId, filter, cascade);
            return dryRun ? Decision.nothingToWrite(decided.result()) : decided;
        });
    }
}
