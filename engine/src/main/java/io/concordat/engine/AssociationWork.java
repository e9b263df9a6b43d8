package io.concordat.engine;

import io.concordat.api.Subject;
import io.concordat.engine.AssociationRequest.Change;
import io.concordat.engine.PreparedTask.Ready;
import io.concordat.engine.state.SubjectState;
import java.util.IdentityHashMap;

/**
 * The work of a change of associations: what takes time are the schemas that come with it.
 *
 * @param dryRun whether only to say what would become of it
 */
record AssociationWork(AssociationChange changes, AssociationRequest request, boolean dryRun)
        implements PreparedTask.Work<AssociationResult> {
    @Override
    public Ready<AssociationResult> prepare() {
        return new Ready.Prepared<>(command(preparation()));
    }

    @Override
    public Command<AssociationResult> atOnce() {
        return command(changes::prepare);
    }

    private Command<AssociationResult> command(AssociationChange.Preparation preparation) {
        return view -> {
            Decision<AssociationResult> decided = changes.decide(request, preparation);
            return dryRun ? Decision.nothingToWrite(decided.result()) : decided;
        };
    }

    /** Goes through the request once, and keeps what its schemas came to. */
    private AssociationChange.Preparation preparation() {
        if (request.changes().stream().noneMatch(change -> change.schema().isPresent())) {
            return changes::prepare;
        }
        IdentityHashMap<Change, Kept> kept = new IdentityHashMap<>();
        Decision<AssociationResult> unused = changes.decide(request, (tip, change, subject, schema) -> {
            SubjectState basis = tip.subject(subject);
            Registration.Prepared prepared = changes.prepare(tip, change, subject, schema);
            kept.put(change, new Kept(subject, basis, prepared));
            return prepared;
        });
        return (tip, change, subject, schema) -> {
            Kept before = kept.get(change);
            if (before == null || !before.subject().equals(subject) || before.basis() != tip.subject(subject)) {
                throw new StaleException();
            }
            return before.prepared();
        };
    }

    /** What a schema came to, and the state of its subject that it was judged by. */
    private record Kept(Subject subject, SubjectState basis, Registration.Prepared prepared) {}
}
