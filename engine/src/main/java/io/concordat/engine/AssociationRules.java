package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.engine.state.RegistryView;
import java.util.Collection;
import java.util.Set;

/** What associations may say, and what they forbid elsewhere. */
final class AssociationRules {
    private static final Set<String> TYPES = Set.of("key", "value");
    private static final String ANY_NAMESPACE = "-";

    private AssociationRules() {}

    /** @throws RegistryException {@link ErrorCode#INVALID_ASSOCIATION} if the resource is not named in full */
    static void requireValid(AssociatedResource resource) {
        requireText("resourceName", resource.name());
        requireText("resourceNamespace", resource.namespace());
        requireText("resourceId", resource.id());
        if (resource.namespace().equals(ANY_NAMESPACE)) {
            throw invalid("resourceNamespace", "'-' stands for any namespace in a question, and is not one itself");
        }
        if (!resource.type().equals(AssociatedResource.TOPIC)) {
            throw invalid(
                    "resourceType", "'" + resource.type() + "' is not a kind of resource; the only one is 'topic'");
        }
    }

    private static void requireText(String property, String value) {
        if (value.isEmpty()) {
            throw invalid(property, "cannot be null or empty");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(property, "cannot hold control characters");
        }
    }

    /** @throws RegistryException {@link ErrorCode#INVALID_ASSOCIATION} if that is no use of a subject */
    static void requireValidType(String type) {
        if (!TYPES.contains(type)) {
            throw invalid("associationType", "'" + type + "' is neither 'key' nor 'value'");
        }
    }

    /** @throws RegistryException {@link ErrorCode#INVALID_ASSOCIATION} if it may not be frozen */
    static void requireFreezable(Association association) {
        if (!association.isStrong()) {
            throw invalid("frozen", "only an association with the lifecycle STRONG can be frozen");
        }
        Subject own = ownSubject(association.resource(), association.type());
        if (!association.subject().equals(own)) {
            throw invalid(
                    "subject",
                    "a frozen association is one with the resource's own subject '" + own + "', not with '"
                            + association.subject() + "'");
        }
    }

    /** The subject that nothing but its name ties to a resource. */
    static Subject ownSubject(AssociatedResource resource, String type) {
        if (resource.namespace().indexOf(':') >= 0) {
            throw invalid(
                    "resourceNamespace",
                    "'" + resource.namespace() + "' holds a colon, so it names no context; name the subject");
        }
        return new Subject(Context.of(resource.namespace()), resource.name() + "-" + type);
    }

    /** @throws RegistryException {@link ErrorCode#ASSOCIATION_FOR_SUBJECT_EXISTS} if something is associated with it */
    static void requireNoneOf(RegistryView view, Subject subject) {
        view.associations().ofSubject(subject).stream().findFirst().ifPresent(association -> {
            throw new RegistryException(
                    ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS,
                    "Subject '" + subject + "' is the " + association.type() + " of " + association.resource()
                            + "; delete that association first");
        });
    }

    /**
     * @throws RegistryException {@link ErrorCode#NO_ACTIVE_VERSION_FOR_ASSOCIATION} if something is associated with the
     *     subject of that version, which has no other live one
     */
    static void requireNotTheLastOf(RegistryView view, RegisteredSchema row) {
        Collection<Association> associations = view.associations().ofSubject(row.subject());
        if (!associations.isEmpty()
                && view.subject(row.subject()).rows(Deleted.EXCLUDED).size() == 1) {
            throw new RegistryException(
                    ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
                    "Version " + row.version() + " is the last one of subject '" + row.subject()
                            + "', which has associations; delete these first");
        }
    }

    static RegistryException invalid(String property, String detail) {
        return new RegistryException(
                ErrorCode.INVALID_ASSOCIATION,
                "The association specified an invalid value for property: '" + property + "', detail: " + detail);
    }
}
