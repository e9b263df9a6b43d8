package io.concordat.server;

import io.concordat.api.RegisteredSchema;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The answers that were made of rows, which never change. Safe for many threads.
 *
 * <p>A table in which every row has one place, and gives way to the next one that comes to it: what is held is bounded, and
 * looking costs next to nothing.
 */
final class PreparedAnswers {
    /** With the longest answers that are held, 32 MB. */
    private static final int PLACES = 4_096;

    private static final int LONGEST_HELD = 8 << 10;

    private final AtomicReferenceArray<Prepared> places = new AtomicReferenceArray<>(PLACES);

    private record Prepared(RegisteredSchema row, Answer answer) {}

    /** The answer that was made of this very object, or else a new one. */
    @SuppressWarnings("ReferenceEquality") // Comparing the contents would take as long as making the answer.
    Answer of(RegisteredSchema row, Function<RegisteredSchema, Answer> making) {
        int place = System.identityHashCode(row) & (PLACES - 1);
        Prepared found = places.get(place);
        if (found != null && found.row == row) {
            return found.answer;
        }
        Answer answer = making.apply(row);
        if (answer.body().length() <= LONGEST_HELD) {
            places.set(place, new Prepared(row, answer));
        }
        return answer;
    }
}
