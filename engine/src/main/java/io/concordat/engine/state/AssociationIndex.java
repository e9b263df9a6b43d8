package io.concordat.engine.state;

import io.concordat.api.Association;
import io.concordat.api.Subject;
import io.concordat.engine.record.AssociationKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The committed associations, found by resource and by subject.
 *
 * <p>Any thread reads, without a lock, and sees associations in the order of their keys; the thread that replays changes.
 */
public final class AssociationIndex {
    private final ConcurrentMap<AssociationKey, Association> all = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, NavigableMap<AssociationKey, Association>> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Name, NavigableMap<AssociationKey, Association>> byName =
            new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Subject, NavigableMap<AssociationKey, Association>> bySubject =
            new ConcurrentSkipListMap<>();
    private final ConcurrentMap<Subject, NavigableMap<AssociationKey, Association>> strong = new ConcurrentHashMap<>();

    AssociationIndex() {}

    /** A resource's name, before the namespace it counts in: one name in all namespaces stands together. */
    private record Name(String name, String namespace) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::name).thenComparing(Name::namespace);

        static Name of(Association association) {
            return new Name(
                    association.resource().name(), association.resource().namespace());
        }

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /** The association of that key. */
    public Optional<Association> find(AssociationKey key) {
        return Optional.ofNullable(all.get(key));
    }

    /** Those of the resource with that id. */
    public Collection<Association> ofResource(String id) {
        return values(byId.get(id));
    }

    /** Those of the resource with that name. */
    public Collection<Association> ofResource(String namespace, String name) {
        return values(byName.get(new Name(name, namespace)));
    }

    /** Those of all resources with that name, in any namespace, as the caller reads on. */
    public Stream<Association> ofResourcesNamed(String name) {
        return byName.tailMap(new Name(name, ""), true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().values().stream());
    }

    /** Those of a subject. */
    public Collection<Association> ofSubject(Subject subject) {
        return values(bySubject.get(subject));
    }

    /** The subjects of all contexts that have some, from one on, in order, as long as the caller reads. */
    public NavigableSet<Subject> subjectsFrom(Subject first) {
        return Collections.unmodifiableNavigableSet(
                bySubject.tailMap(first, true).navigableKeySet());
    }

    /** Those that say that a subject belongs to one resource: at most one, unless another registry wrote the log. */
    public Collection<Association> strong(Subject subject) {
        return values(strong.get(subject));
    }

    /** Takes one in, or another state of one; a reader finds the old or the new one, never none. */
    void put(Association association, Instant timestamp) {
        AssociationKey key = AssociationKey.of(association);
        Association committed = new Association(
                association.subject(),
                association.guid(),
                association.resource(),
                association.type(),
                association.lifecycle(),
                association.frozen(),
                association.created().or(() -> Optional.of(timestamp)),
                Optional.of(timestamp));
        Association old = all.put(key, committed);
        add(byId, committed.resource().id(), key, committed);
        add(byName, Name.of(committed), key, committed);
        add(bySubject, committed.subject(), key, committed);
        if (committed.isStrong()) {
            add(strong, committed.subject(), key, committed);
        } else {
            drop(strong, committed.subject(), key);
        }
        if (old != null && !old.resource().id().equals(committed.resource().id())) {
            drop(byId, old.resource().id(), key);
        }
    }

    void remove(AssociationKey key) {
        Association old = all.remove(key);
        if (old != null) {
            drop(byId, old.resource().id(), key);
            drop(byName, Name.of(old), key);
            drop(bySubject, old.subject(), key);
            drop(strong, old.subject(), key);
        }
    }

    private static <K> void add(
            ConcurrentMap<K, NavigableMap<AssociationKey, Association>> index,
            K place,
            AssociationKey key,
            Association association) {
        index.computeIfAbsent(place, any -> new ConcurrentSkipListMap<>()).put(key, association);
    }

    private static <K> void drop(
            ConcurrentMap<K, NavigableMap<AssociationKey, Association>> index, K place, AssociationKey key) {
        index.computeIfPresent(place, (any, found) -> {
            found.remove(key);
            return found.isEmpty() ? null : found;
        });
    }

    private static Collection<Association> values(@Nullable NavigableMap<AssociationKey, Association> found) {
        return found == null ? Collections.emptyList() : Collections.unmodifiableCollection(found.values());
    }
}
