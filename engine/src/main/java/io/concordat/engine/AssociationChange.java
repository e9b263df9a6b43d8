package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.Lifecycle;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.engine.AssociationRequest.Change;
import io.concordat.engine.AssociationRequest.NewSchema;
import io.concordat.engine.AssociationRequest.Operation;
import io.concordat.engine.AssociationResult.Made;
import io.concordat.engine.record.AssociationKey;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.Tip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** How associations are made, changed and removed. */
final class AssociationChange {
    private final RegistryState committed;
    private final EffectiveSettings settings;
    private final Registration registration;
    private final Deletion deletion;
    private final Supplier<UUID> guids;

    AssociationChange(
            RegistryState committed,
            EffectiveSettings settings,
            Registration registration,
            Deletion deletion,
            Supplier<UUID> guids) {
        this.committed = committed;
        this.settings = settings;
        this.registration = registration;
        this.deletion = deletion;
        this.guids = guids;
    }

    /** How the schema of a change is prepared: anew, or by taking what was prepared before. */
    @FunctionalInterface
    interface Preparation {
        /**
         * What the schema comes to.
         *
         * @throws RegistryException if the schema is refused
         */
        Registration.Prepared prepare(Tip tip, Change change, Subject subject, NewSchema schema);
    }

    Registration.Prepared prepare(Tip tip, Change change, Subject subject, NewSchema schema) {
        return registration.prepare(
                tip, new RegistrationRequest(subject, schema.content(), schema.options(), schema.tags()));
    }

    /**
     * Decides on the committed state.
     *
     * @throws RegistryException if a part of it is refused
     * @throws StaleException if what was prepared no longer holds
     */
    Decision<AssociationResult> decide(AssociationRequest request, Preparation preparation) {
        AssociationDraft draft = new AssociationDraft(committed);
        AssociatedResource resource = resource(request.resource(), draft);
        if (request.changes().isEmpty()) {
            throw AssociationRules.invalid("associations", "cannot be null or empty");
        }
        List<Made> made = new ArrayList<>();
        for (Change change : request.changes()) {
            AssociationRules.requireValidType(change.type());
            Optional<Association> existing = existing(draft, resource, change.type());
            if (change.operation() == Operation.DELETE) {
                remove(draft, resource, existing, change);
            } else {
                made.add(make(draft, resource, existing, change, preparation));
            }
        }
        return new Decision<>(List.copyOf(draft.events()), new AssociationResult(resource, made));
    }

    /** The resource in full. Its id alone will do if it is known. */
    private static AssociatedResource resource(AssociatedResource asked, AssociationDraft draft) {
        AssociatedResource resource = asked;
        if (asked.name().isEmpty() && asked.namespace().isEmpty()) {
            resource = draft.ofResource(asked).stream()
                    .map(Association::resource)
                    .filter(known ->
                            known.id().equals(asked.id()) && !known.id().isEmpty())
                    .findFirst()
                    .orElse(asked);
        }
        AssociationRules.requireValid(resource);
        for (Association known : draft.ofResource(resource)) {
            if (!known.resource().hasNameOf(resource) || !known.resource().id().equals(resource.id())) {
                throw new RegistryException(
                        ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS,
                        "An association exists for " + known.resource() + " with the id '"
                                + known.resource().id() + "', which is not " + resource + " with the id '"
                                + resource.id() + "'; delete the associations of that id first");
            }
        }
        return resource;
    }

    private static Optional<Association> existing(AssociationDraft draft, AssociatedResource resource, String type) {
        List<Association> found = draft.ofResource(resource).stream()
                .filter(association -> association.type().equals(type))
                .toList();
        if (found.size() > 1) {
            throw new RegistryException(
                    ErrorCode.TOO_MANY_ASSOCIATIONS,
                    "There are " + found.size() + " associations for the " + type + " of " + resource
                            + ", with the subjects "
                            + found.stream().map(Association::subject).toList()
                            + "; delete them first");
        }
        return found.stream().findFirst();
    }

    private Made make(
            AssociationDraft draft,
            AssociatedResource resource,
            Optional<Association> existing,
            Change change,
            Preparation preparation) {
        Association wanted = wanted(resource, existing, change);
        existing.ifPresent(old -> requireChangeable(old, wanted, change));
        boolean same = existing.filter(wanted::equals).isPresent();
        if (!same) {
            requireAllowed(draft, wanted);
        }
        Optional<RegisteredSchema> schema = change.schema()
                .map(sent -> register(
                        draft,
                        preparation.prepare(draft.tip(), change, wanted.subject(), sent),
                        same && wanted.frozen() ? existing : Optional.empty()));
        if (draft.deletes(wanted.subject())
                || (!same && !draft.tip().subject(wanted.subject()).has(Deleted.EXCLUDED))) {
            throw new RegistryException(
                    ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
                    "Subject '" + wanted.subject() + "' has no live version to associate with " + resource
                            + "; register a schema first, or send one along");
        }
        if (!same) {
            Modes.requireWritable(settings.mode(draft.tip(), wanted.subject()), wanted.subject());
            draft.put(wanted);
        }
        return new Made(wanted, schema);
    }

    private Association wanted(AssociatedResource resource, Optional<Association> existing, Change change) {
        Subject subject = change.subject()
                .or(() -> existing.map(Association::subject))
                .orElseGet(() -> AssociationRules.ownSubject(resource, change.type()));
        Subjects.requireOne(subject);
        if (subject.isWholeContext()) {
            throw AssociationRules.invalid("subject", "'" + subject + "' is a context, not a subject");
        }
        Optional<Association> old =
                existing.filter(association -> association.subject().equals(subject));
        boolean frozen = change.frozen().or(() -> old.map(Association::frozen)).orElse(false);
        Lifecycle lifecycle = change.lifecycle()
                .or(() -> old.map(Association::lifecycle))
                .orElse(frozen ? Lifecycle.STRONG : Lifecycle.WEAK);
        return old.map(association -> association.with(lifecycle, frozen))
                .orElseGet(() -> new Association(
                        subject,
                        guids.get(),
                        resource,
                        change.type(),
                        lifecycle,
                        frozen,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static void requireChangeable(Association old, Association wanted, Change change) {
        if (old.equals(wanted)) {
            return;
        }
        if (!old.subject().equals(wanted.subject()) || change.operation() == Operation.CREATE) {
            throw new RegistryException(
                    ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS,
                    "An association exists for the " + old.type() + " of " + old.resource() + ": with subject '"
                            + old.subject() + "', " + old.lifecycle() + (old.frozen() ? ", frozen" : "")
                            + "; delete it first to make another one");
        }
        if (old.frozen()) {
            throw frozen(old, "cannot be changed");
        }
    }

    private static void requireAllowed(AssociationDraft draft, Association wanted) {
        if (wanted.frozen()) {
            AssociationRules.requireFreezable(wanted);
        }
        AssociationKey key = AssociationKey.of(wanted);
        draft.otherStrong(wanted.subject(), key).ifPresent(other -> {
            throw new RegistryException(
                    ErrorCode.STRONG_ASSOCIATION_EXISTS,
                    "Subject '" + wanted.subject() + "' belongs to " + other.resource() + " as its " + other.type()
                            + "; a strong association leaves no room for others");
        });
        if (wanted.isStrong()) {
            draft.otherOfSubject(wanted.subject(), key).ifPresent(other -> {
                throw new RegistryException(
                        ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS,
                        "Subject '" + wanted.subject() + "' is the " + other.type() + " of " + other.resource()
                                + " already, so it cannot belong to " + wanted.resource() + " alone");
            });
        }
    }

    /** Registers the schema, unless the association is frozen already: then it must be there. */
    private static RegisteredSchema register(
            AssociationDraft draft, Registration.Prepared prepared, Optional<Association> frozen) {
        if (prepared instanceof Registration.Prepared.Known known) {
            return known.row();
        }
        frozen.ifPresent(association -> {
            throw frozen(association, "takes no new schema");
        });
        return draft.add(((Registration.Prepared.Candidate) prepared).command().decide(draft.tip()));
    }

    private void remove(
            AssociationDraft draft, AssociatedResource resource, Optional<Association> existing, Change change) {
        Association found = existing.filter(association ->
                        change.subject().map(association.subject()::equals).orElse(true))
                .orElseThrow(() -> notFound(change.type() + " of " + resource));
        remove(draft, found, change.cascade());
    }

    /**
     * Decides to remove what a resource is associated with.
     *
     * @param cascade whether what is frozen goes too, and with a strong association its subject
     */
    Decision<List<Association>> remove(String resourceId, AssociationFilter filter, boolean cascade) {
        AssociationDraft draft = new AssociationDraft(committed);
        List<Association> found = committed.associations().ofResource(resourceId).stream()
                .filter(filter::accepts)
                .toList();
        if (found.isEmpty()) {
            throw notFound(resourceId);
        }
        found.forEach(association -> remove(draft, association, cascade));
        return new Decision<>(List.copyOf(draft.events()), found);
    }

    private void remove(AssociationDraft draft, Association association, boolean cascade) {
        if (association.frozen() && !cascade) {
            throw frozen(association, "is removed only together with its subject, by cascadeLifecycle=true");
        }
        Subject subject = association.subject();
        Modes.requireWritable(settings.mode(committed, subject), subject);
        draft.remove(association);
        boolean goesToo = cascade
                && association.isStrong()
                && draft.otherOfSubject(subject, AssociationKey.of(association)).isEmpty();
        if (goesToo) {
            draft.delete(subject, deletion.subjectOfAssociation(committed, subject));
        }
    }

    private static RegistryException frozen(Association association, String what) {
        return new RegistryException(
                ErrorCode.ASSOCIATION_FROZEN,
                "The association of subject '" + association.subject() + "' with the " + association.type() + " of "
                        + association.resource() + " is frozen: it " + what);
    }

    private static RegistryException notFound(String what) {
        return new RegistryException(ErrorCode.ASSOCIATION_NOT_FOUND, "Association for '" + what + "' not found.");
    }
}
