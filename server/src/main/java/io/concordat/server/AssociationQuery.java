package io.concordat.server;

import io.concordat.api.Association;
import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.Lifecycle;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.AssociationFilter;
import io.concordat.engine.Associations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question for associations, as it stands in a body: by resource id, else by resource name, else by subject.
 *
 * @param filter which of those found are meant
 */
record AssociationQuery(
        String id, String namespace, String name, String subject, Context context, AssociationFilter filter) {
    /** What the parameters of a request say, if they say anything about associations. */
    static Optional<AssociationFilter> filterIfAny(Request request) {
        AssociationFilter filter = filter(request);
        return filter.equals(AssociationFilter.ANY) ? Optional.empty() : Optional.of(filter);
    }

    /** What the parameters of a request say. */
    static AssociationFilter filter(Request request) {
        return new AssociationFilter(
                request.query("resourceType"),
                request.queries("associationType").stream()
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                request.queries("lifecycle").stream()
                        .flatMap(AssociationQuery::lifecycle)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** @throws RegistryException {@link ErrorCode#BAD_REQUEST} if a member is of the wrong type */
    static AssociationQuery of(Map<?, ?> members, Context context) {
        return AssociationBody.understood(() -> new AssociationQuery(
                AssociationBody.text(members, "resourceId"),
                AssociationBody.text(members, "resourceNamespace"),
                AssociationBody.text(members, "resourceName"),
                AssociationBody.text(members, "subject"),
                context,
                new AssociationFilter(
                        AssociationBody.text(members, "resourceType"),
                        types(members.get("associationType")),
                        lifecycle(AssociationBody.text(members, "lifecycle"))
                                .collect(Collectors.toUnmodifiableSet()))));
    }

    private static Set<String> types(@Nullable Object value) {
        if (value == null) {
            return Set.of();
        }
        return (value instanceof List<?> list ? list : List.of(value))
                .stream().map(type -> JsonShape.text("associationType", type)).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Lifecycle> lifecycle(String name) {
        return name.isEmpty() ? Stream.empty() : Stream.of(AssociationBody.lifecycle(name));
    }

    /** @throws RegistryException {@link ErrorCode#INVALID_ASSOCIATION} if it does not say of what */
    Stream<Association> find(Associations associations) {
        if (!id.isEmpty()) {
            return associations.ofResource(id, filter);
        }
        if (!name.isEmpty()) {
            return associations.ofResource(namespace.isEmpty() ? Associations.ANY_NAMESPACE : namespace, name, filter);
        }
        if (!subject.isEmpty()) {
            return associations.ofSubject(Subject.all(context).resolve(subject), filter);
        }
        throw AssociationBody.invalid("resourceId", "neither this nor 'resourceName' nor 'subject' is given");
    }
}
