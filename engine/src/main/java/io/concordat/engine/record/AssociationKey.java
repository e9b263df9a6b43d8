package io.concordat.engine.record;

import io.concordat.api.Association;
import io.concordat.api.Subject;
import java.util.Comparator;

/** What tells an association from others in the log: who uses which subject for what. */
public record AssociationKey(
        String resourceName, String resourceNamespace, String resourceType, String type, Subject subject)
        implements Comparable<AssociationKey> {
    private static final Comparator<AssociationKey> ORDER = Comparator.comparing(AssociationKey::resourceName)
            .thenComparing(AssociationKey::resourceNamespace)
            .thenComparing(AssociationKey::resourceType)
            .thenComparing(AssociationKey::type)
            .thenComparing(AssociationKey::subject);

    public static AssociationKey of(Association association) {
        return new AssociationKey(
                association.resource().name(),
                association.resource().namespace(),
                association.resource().type(),
                association.type(),
                association.subject());
    }

    @Override
    public int compareTo(AssociationKey other) {
        return ORDER.compare(this, other);
    }
}
