package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.SkipNode;
import io.concordat.avro.plan.WriteNode;
import java.util.IdentityHashMap;
import java.util.Map;

/** How deep the values of a plan can nest; endlessly where a type is within itself. */
final class Nesting {
    private static final int ENDLESS = 1 << 20;

    private final Map<Object, Integer> known = new IdentityHashMap<>();

    int of(ReadNode node) {
        if (node instanceof ReadNode.Array array) {
            return 1 + of(array.items());
        }
        if (node instanceof ReadNode.Entries entries) {
            return 1 + of(entries.values());
        }
        if (node instanceof ReadNode.Union union) {
            return union.branches().stream().mapToInt(this::of).max().orElse(0);
        }
        if (node instanceof ReadNode.Converted converted) {
            return of(converted.raw());
        }
        if (node instanceof ReadNode.Default defaulted) {
            return of(defaulted.value());
        }
        if (node instanceof ReadNode.Skipped skipped) {
            return of(skipped.written());
        }
        return node instanceof ReadNode.Record record ? ofRecord(record) : 0;
    }

    private int ofRecord(ReadNode.Record record) {
        Integer before = known.putIfAbsent(record, ENDLESS);
        if (before != null) {
            return before;
        }
        int depth = 1
                + record.fields().stream()
                        .mapToInt(field -> of(field.node()))
                        .max()
                        .orElse(0);
        known.put(record, depth);
        return depth;
    }

    int of(SkipNode node) {
        if (node instanceof SkipNode.Items items) {
            return 1 + of(items.item());
        }
        if (node instanceof SkipNode.Union union) {
            return union.branches().stream().mapToInt(this::of).max().orElse(0);
        }
        return node instanceof SkipNode.Record record ? ofRecord(record) : 0;
    }

    private int ofRecord(SkipNode.Record record) {
        Integer before = known.putIfAbsent(record, ENDLESS);
        if (before != null) {
            return before;
        }
        int depth = 1
                + record.fields().stream()
                        .mapToInt(field -> of(field.node()))
                        .max()
                        .orElse(0);
        known.put(record, depth);
        return depth;
    }

    int of(WriteNode node) {
        if (node instanceof WriteNode.Array array) {
            return 1 + of(array.items());
        }
        if (node instanceof WriteNode.Entries entries) {
            return 1 + of(entries.values());
        }
        if (node instanceof WriteNode.Union union) {
            return union.branches().stream().mapToInt(this::of).max().orElse(0);
        }
        if (node instanceof WriteNode.Converted converted) {
            return of(converted.raw());
        }
        if (node instanceof WriteNode.Logical logical) {
            return of(logical.raw());
        }
        return node instanceof WriteNode.Record record ? ofRecord(record) : 0;
    }

    private int ofRecord(WriteNode.Record record) {
        Integer before = known.putIfAbsent(record, ENDLESS);
        if (before != null) {
            return before;
        }
        int depth = 1
                + record.fields().stream()
                        .mapToInt(field -> of(field.node()))
                        .max()
                        .orElse(0);
        known.put(record, depth);
        return depth;
    }
}
