package io.concordat.engine.state;

import io.concordat.api.Subject;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Which names stand for which subjects, both ways. Any thread reads; the one that replays changes. */
public final class AliasIndex {
    private final ConcurrentSkipListMap<Subject, Subject> targets = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<Subject, NavigableSet<Subject>> names = new ConcurrentHashMap<>();

    AliasIndex() {}

    /** What a name stands for, one step far. */
    public Optional<Subject> target(Subject alias) {
        return Optional.ofNullable(targets.get(alias));
    }

    /** The names from one on and what they stand for, in order. */
    public NavigableMap<Subject, Subject> from(Subject first) {
        return Collections.unmodifiableNavigableMap(targets.tailMap(first, true));
    }

    /** The names that stand for a subject, in order. */
    public Collection<Subject> namesOf(Subject target) {
        NavigableSet<Subject> found = names.get(target);
        return found == null ? Collections.emptyNavigableSet() : Collections.unmodifiableNavigableSet(found);
    }

    /** Takes in what a scope's settings say now. A context as a whole is no name for a subject. */
    void put(Subject scope, Optional<String> alias) {
        Subject before = targets.remove(scope);
        if (before != null) {
            names.computeIfPresent(before, (target, of) -> {
                of.remove(scope);
                return of.isEmpty() ? null : of;
            });
        }
        if (alias.isPresent() && !scope.isWholeContext()) {
            Subject target = scope.resolve(alias.get());
            targets.put(scope, target);
            names.computeIfAbsent(target, any -> new ConcurrentSkipListSet<>()).add(scope);
        }
    }
}
