package io.concordat.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which changes of a schema are let through: who must be able to read whose records, and against how many versions. */
public enum Compatibility {
    /** Any change. */
    NONE(false, List.of()),
    /** The new schema reads records of the latest version. */
    BACKWARD(false, List.of(Direction.BACKWARD)),
    /** The new schema reads records of every version. */
    BACKWARD_TRANSITIVE(true, List.of(Direction.BACKWARD)),
    /** The latest version reads records of the new schema. */
    FORWARD(false, List.of(Direction.FORWARD)),
    /** Every version reads records of the new schema. */
    FORWARD_TRANSITIVE(true, List.of(Direction.FORWARD)),
    /** Both, against the latest version. */
    FULL(false, List.of(Direction.FORWARD, Direction.BACKWARD)),
    /** Both, against every version. */
    FULL_TRANSITIVE(true, List.of(Direction.FORWARD, Direction.BACKWARD));

    private final boolean transitive;

    @SuppressWarnings("ImmutableEnumChecker") // The lists above cannot be changed.
    private final List<Direction> directions;

    Compatibility(boolean transitive, List<Direction> directions) {
        this.transitive = transitive;
        this.directions = directions;
    }

    /** The level of that name in any case, or empty. */
    public static Optional<Compatibility> find(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether every version counts, not only the latest. */
    public boolean isTransitive() {
        return transitive;
    }

    /** What is checked, in the order in which it is reported. */
    public List<Direction> directions() {
        return directions;
    }

    /** Who reads whose records. */
    public enum Direction {
        /** The new schema reads what the old one wrote. */
        BACKWARD("new", "old"),
        /** The old schema reads what the new one wrote. */
        FORWARD("old", "new");

        private final String reader;
        private final String writer;

        Direction(String reader, String writer) {
            this.reader = reader;
            this.writer = writer;
        }

        /** What a message calls the reading schema. */
        public String reader() {
            return reader;
        }

        /** What a message calls the writing schema. */
        public String writer() {
            return writer;
        }
    }
}
