package io.concordat.avro.interpreter;

import io.concordat.avro.plan.SkipNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes steps of what is to be passed over. */
final class SkipSteps implements SkipNode.Visitor<SkipStep> {
    private final Map<SkipNode.Record, RecordStep> records = new IdentityHashMap<>();

    @Override
    public SkipStep size(SkipNode.Size node) {
        return in -> in.skip(node.bytes());
    }

    @Override
    public SkipStep varint(SkipNode.Varint node) {
        return node.isLong() ? RecordInput::readLong : RecordInput::readInt;
    }

    @Override
    public SkipStep symbol(SkipNode.Symbol node) {
        return in -> in.readIndex(node.symbols(), "symbol");
    }

    @Override
    public SkipStep prefixed(SkipNode.Prefixed node) {
        return RecordInput::skipLengthPrefixed;
    }

    @Override
    public SkipStep items(SkipNode.Items node) {
        SkipStep item = node.item().accept(this);
        return in -> {
            in.enter();
            for (int block = in.skipBlocks(node.cost()); block > 0; block = in.skipBlocks(node.cost())) {
                for (int i = 0; i < block; i++) {
                    if (node.isMap()) {
                        in.skipLengthPrefixed();
                    }
                    item.skip(in);
                }
            }
            in.leave();
        };
    }

    @Override
    public SkipStep union(SkipNode.Union node) {
        SkipStep[] branches =
                node.branches().stream().map(branch -> branch.accept(this)).toArray(SkipStep[]::new);
        return in -> branches[in.readIndex(branches.length, "branch")].skip(in);
    }

    @Override
    public SkipStep record(SkipNode.Record node) {
        RecordStep known = records.get(node);
        if (known != null) {
            return known;
        }
        RecordStep step = new RecordStep();
        records.put(node, step);
        List<RecordStep.Field> fields = new ArrayList<>();
        node.fields()
                .forEach(field -> fields.add(
                        new RecordStep.Field(field.name(), field.node().accept(this))));
        step.fields = List.copyOf(fields);
        return step;
    }

    private static final class RecordStep implements SkipStep {
        private record Field(String name, SkipStep step) {}

        private List<Field> fields = List.of();

        @Override
        public void skip(RecordInput in) {
            in.enter();
            for (Field field : fields) {
                try {
                    field.step().skip(in);
                } catch (Misfit e) {
                    throw e.inField(field.name());
                }
            }
            in.leave();
        }
    }
}
