package io.concordat.engine.state;

import io.concordat.api.Deleted;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.VersionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The versions of one subject, ascending. Immutable: another state of the subject is another object. */
public final class SubjectState {
    /** A subject without versions. */
    public static final SubjectState EMPTY = new SubjectState(List.of());

    private final List<RegisteredSchema> rows;
    private final int live;

    private SubjectState(List<RegisteredSchema> rows) {
        this.rows = rows;
        live = (int) rows.stream().filter(row -> !row.deleted()).count();
    }

    /** All versions, soft-deleted ones too. */
    public List<RegisteredSchema> rows() {
        return rows;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The versions in that state, ascending. */
    public List<RegisteredSchema> rows(Deleted deleted) {
        return deleted == Deleted.INCLUDED
                ? rows
                : rows.stream().filter(row -> deleted.accepts(row.deleted())).toList();
    }

    /** Whether there is a version in that state. */
    public boolean has(Deleted deleted) {
        return switch (deleted) {
            case EXCLUDED -> live > 0;
            case INCLUDED -> !rows.isEmpty();
            case ONLY -> live < rows.size();
        };
    }

    /** The version of that number, soft-deleted or not. */
    public Optional<RegisteredSchema> find(int version) {
        int index = indexOf(version);
        return index < 0 ? Optional.empty() : Optional.of(rows.get(index));
    }

    /** The version meant: a number finds it in any state, latest is the highest live one. */
    public Optional<RegisteredSchema> find(VersionSpec version) {
        return version.isLatest() ? latest() : find(version.number());
    }

    /** The highest version that is not soft-deleted. */
    public Optional<RegisteredSchema> latest() {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (!rows.get(i).deleted()) {
                return Optional.of(rows.get(i));
            }
        }
        return Optional.empty();
    }

    /** The highest number in use, 0 if there is none. */
    public int highestVersion() {
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).version();
    }

    /** This with a version added or replaced. */
    SubjectState with(RegisteredSchema row) {
        List<RegisteredSchema> changed = new ArrayList<>(rows.size() + 1);
        changed.addAll(rows);
        int index = indexOf(row.version());
        if (index >= 0) {
            changed.set(index, row);
        } else {
            changed.add(-index - 1, row);
        }
        return new SubjectState(changed);
    }

    /** This without a version. */
    SubjectState without(int version) {
        return new SubjectState(
                rows.stream().filter(row -> row.version() != version).toList());
    }

    /** This with every version changed. */
    SubjectState map(UnaryOperator<RegisteredSchema> change) {
        return new SubjectState(rows.stream().map(change).toList());
    }

    private int indexOf(int version) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = rows.get(middle).version();
            if (found == version) {
                return middle;
            } else if (found < version) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }
}
