package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.WriteNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How much code a field makes. The JVM's compiler stops inlining in methods that have become large; so wide records are cut
 * into methods of a few fields each.
 */
final class Weight {
    private static final int LIMIT = 10;

    private Weight() {}

    /** Whether a union is written out where it stands: one that has a value or null. */
    static boolean isInline(ReadNode.Union node) {
        return node.branches().size() == 2 && node.branches().stream().noneMatch(ReadNode.Union.class::isInstance);
    }

    static boolean isInline(WriteNode.Union node) {
        return node.branches().size() == 2;
    }

    static int of(ReadNode node) {
        return (node instanceof ReadNode.Union union && isInline(union)) || node instanceof ReadNode.Converted ? 2 : 1;
    }

    static int of(WriteNode node) {
        return (node instanceof WriteNode.Union union && isInline(union)) || node instanceof WriteNode.Converted
                ? 2
                : 1;
    }

    /** Cuts fields into runs that are not too heavy. */
    static <F> List<List<F>> runs(List<F> fields, ToIntFunction<F> weight) {
        List<List<F>> runs = new ArrayList<>();
        int sum = LIMIT;
        for (F field : fields) {
            sum += weight.applyAsInt(field);
            if (sum > LIMIT) {
                runs.add(new ArrayList<>());
                sum = weight.applyAsInt(field);
            }
            runs.get(runs.size() - 1).add(field);
        }
        return runs;
    }
}
