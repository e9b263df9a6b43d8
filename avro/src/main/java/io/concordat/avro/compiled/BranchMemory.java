package io.concordat.avro.compiled;

import io.concordat.avro.plan.BranchChoice;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Remembers which branch of a union generated classes belong to: that does not change from value to value. */
final class BranchMemory {
    private record Known(Class<?> type, int branch) {}

    private final BranchChoice choice;
    private volatile @Nullable Known last;
    private volatile @Nullable Known lastButOne;

    BranchMemory(BranchChoice choice) {
        this.choice = choice;
    }

    int branchOf(@Nullable Object value) {
        return value instanceof SpecificRecordBase || value instanceof Enum<?> || value instanceof SpecificFixed
                ? branchOfClass(value)
                : choice.branchOf(value);
    }

    private int branchOfClass(Object value) {
        Known first = last;
        if (first != null && first.type() == value.getClass()) {
            return first.branch();
        }
        Known second = lastButOne;
        if (second != null && second.type() == value.getClass()) {
            return second.branch();
        }
        int branch = choice.branchOf(value);
        lastButOne = first;
        last = new Known(value.getClass(), branch);
        return branch;
    }
}
