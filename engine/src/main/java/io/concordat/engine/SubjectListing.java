package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.Subject;
import io.concordat.engine.state.RegistryState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Which subjects a prefix names, sorted by their qualified names. Looks only at those, and only as far as it is read. */
final class SubjectListing {
    private static final String ANY_CONTEXT = ":*:";
    private static final Comparator<Subject> BY_NAME = Comparator.comparing(Subject::qualified);

    private SubjectListing() {}

    /**
     * The subjects whose qualified names begin with a prefix, soft-deleted or not.
     *
     * @param prefix without a context it means the default one; {@code :*:} before it means all
     */
    static Stream<Subject> of(RegistryState state, String prefix) {
        return of(state, prefix, state::subjectsFrom);
    }

    /** Those of them that are associated with something. */
    static Stream<Subject> associated(RegistryState state, String prefix) {
        return of(state, prefix, state.associations()::subjectsFrom);
    }

    private static Stream<Subject> of(
            RegistryState state, String prefix, Function<Subject, NavigableSet<Subject>> subjectsFrom) {
        List<Subject> starts = starts(state, prefix);
        Stream<Subject> first = beginningWith(starts.get(0), subjectsFrom);
        return starts.size() == 1
                ? first
                : merged(first, starts.stream().skip(1).flatMap(start -> beginningWith(start, subjectsFrom)));
    }

    /** The subjects that names beginning with a prefix stand for, whatever they are called themselves. */
    static Stream<Subject> aliased(RegistryState state, String prefix) {
        TreeSet<Subject> targets = new TreeSet<>(BY_NAME);
        for (Subject start : starts(state, prefix)) {
            for (Map.Entry<Subject, Subject> alias : state.aliases().from(start).entrySet()) {
                if (!begins(alias.getKey(), start)) {
                    break;
                }
                targets.add(alias.getValue());
            }
        }
        return targets.stream();
    }

    /** Two sorted lists as one, without what both have. */
    static Stream<Subject> merged(Stream<Subject> one, Stream<Subject> other) {
        Iterator<Subject> both = new Merge(one.iterator(), other.iterator());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(both, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Where to begin in each context that is meant: the default one first, the others as their prefixes sort. */
    private static List<Subject> starts(RegistryState state, String prefix) {
        if (!prefix.startsWith(ANY_CONTEXT)) {
            return List.of(Subject.of(prefix));
        }
        String name = prefix.substring(ANY_CONTEXT.length());
        List<Subject> starts = new ArrayList<>();
        starts.add(new Subject(Context.DEFAULT, name));
        state.contexts().stream()
                .filter(context -> !context.isDefault())
                .sorted(Comparator.comparing(Context::prefix))
                .forEach(context -> starts.add(new Subject(context, name)));
        return starts;
    }

    private static Stream<Subject> beginningWith(Subject start, Function<Subject, NavigableSet<Subject>> subjectsFrom) {
        return subjectsFrom.apply(start).stream().takeWhile(subject -> begins(subject, start));
    }

    private static boolean begins(Subject subject, Subject start) {
        return subject.context().equals(start.context()) && subject.name().startsWith(start.name());
    }

    private static final class Merge implements Iterator<Subject> {
        private final Iterator<Subject> one;
        private final Iterator<Subject> other;
        private @Nullable Subject nextOfOne;
        private @Nullable Subject nextOfOther;

        Merge(Iterator<Subject> one, Iterator<Subject> other) {
            this.one = one;
            this.other = other;
            nextOfOne = next(one);
            nextOfOther = next(other);
        }

        @Override
        public boolean hasNext() {
            return nextOfOne != null || nextOfOther != null;
        }

        @Override
        public Subject next() {
            Subject left = nextOfOne;
            Subject right = nextOfOther;
            int order = left == null ? 1 : right == null ? -1 : BY_NAME.compare(left, right);
            if (order <= 0) {
                nextOfOne = next(one);
            }
            if (order >= 0) {
                nextOfOther = next(other);
            }
            Subject next = order <= 0 ? left : right;
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        private static @Nullable Subject next(Iterator<Subject> from) {
            return from.hasNext() ? from.next() : null;
        }
    }
}
