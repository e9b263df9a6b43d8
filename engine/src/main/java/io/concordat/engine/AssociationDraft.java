package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Subject;
import io.concordat.engine.record.AssociationKey;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.AssociationRemoved;
import io.concordat.engine.record.LogEvent.AssociationRow;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.state.AssociationIndex;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.Tip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A change of associations under way: the committed state with what the request has come to so far. For one thread. */
final class AssociationDraft {
    private final AssociationIndex committed;
    private final Tip tip;
    private final List<LogEvent> events = new ArrayList<>();
    private final Set<Subject> deleted = new HashSet<>();
    private final TreeMap<AssociationKey, Optional<Association>> changed = new TreeMap<>();

    AssociationDraft(RegistryState state) {
        committed = state.associations();
        tip = new Tip(state);
    }

    /** The versions of subjects with those that the request has registered. */
    Tip tip() {
        return tip;
    }

    List<LogEvent> events() {
        return events;
    }

    /** What a resource is known to be associated with, by its id or by its name. */
    List<Association> ofResource(AssociatedResource resource) {
        return merged(Stream.concat(
                        committed.ofResource(resource.id()).stream(),
                        committed.ofResource(resource.namespace(), resource.name()).stream()))
                .filter(association -> association.resource().id().equals(resource.id())
                        || association.resource().hasNameOf(resource))
                .distinct()
                .toList();
    }

    /** Another association of a subject, if there is one: looks at no more than a few. */
    Optional<Association> otherOfSubject(Subject subject, AssociationKey key) {
        return others(committed.ofSubject(subject).stream(), subject, key);
    }

    /** Another association to whose resource the subject belongs. */
    Optional<Association> otherStrong(Subject subject, AssociationKey key) {
        return others(committed.strong(subject).stream(), subject, key).filter(Association::isStrong);
    }

    private Optional<Association> others(Stream<Association> of, Subject subject, AssociationKey key) {
        return merged(of)
                .filter(association -> association.subject().equals(subject))
                .filter(association -> !AssociationKey.of(association).equals(key))
                .findFirst();
    }

    private Stream<Association> merged(Stream<Association> unchanged) {
        return Stream.concat(
                unchanged.filter(association -> !changed.containsKey(AssociationKey.of(association))),
                changed.values().stream().flatMap(Optional::stream));
    }

    void put(Association association) {
        events.add(new AssociationRow(association));
        changed.put(AssociationKey.of(association), Optional.of(association));
    }

    void remove(Association association) {
        AssociationKey key = AssociationKey.of(association);
        events.add(new AssociationRemoved(key));
        changed.put(key, Optional.empty());
    }

    /** Takes in that a subject goes with what is removed. */
    void delete(Subject subject, List<LogEvent> deletion) {
        deleted.add(subject);
        events.addAll(deletion);
    }

    boolean deletes(Subject subject) {
        return deleted.contains(subject);
    }

    /** Takes in a registration that has been decided on the tip. */
    RegisteredSchema add(Decision<RegisteredSchema> registration) {
        for (LogEvent event : registration.events()) {
            if (event instanceof SchemaRow row) {
                tip.add(row, row.content().guid());
            } else if (event instanceof SchemaRemoved removed) {
                tip.remove(removed.subject(), removed.version());
            }
            events.add(event);
        }
        return registration.result();
    }
}
