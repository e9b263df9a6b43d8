package io.concordat.avro.compiled;

import io.concordat.avro.plan.SkipNode;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes code that passes over values. It leaves nothing on the stack. */
final class SkipEmitter implements SkipNode.Visitor<@Nullable Void> {
    /** So few bytes may be passed over unseen: reading beyond the record's end shows later. */
    private static final int FEW = 16;

    private final ReaderGenerator generator;
    private final Code code;
    private final ReadCode reading;

    SkipEmitter(ReaderGenerator generator, Code code) {
        this.generator = generator;
        this.code = code;
        reading = new ReadCode(code);
    }

    @Override
    public @Nullable Void size(SkipNode.Size node) {
        if (node.bytes() > FEW) {
            reading.skip(node.bytes());
        } else if (node.bytes() > 0) {
            reading.advance(node.bytes());
        }
        return null;
    }

    @Override
    public @Nullable Void varint(SkipNode.Varint node) {
        reading.read(node.isLong() ? "readLong" : "readInt", node.isLong() ? long.class : int.class);
        code.op(node.isLong() ? Opcodes.POP2 : Opcodes.POP);
        return null;
    }

    @Override
    public @Nullable Void symbol(SkipNode.Symbol node) {
        reading.read("skipSymbol", node.symbols(), void.class);
        return null;
    }

    @Override
    public @Nullable Void prefixed(SkipNode.Prefixed node) {
        reading.read("skipPrefixed", void.class);
        return null;
    }

    @Override
    public @Nullable Void items(SkipNode.Items node) {
        callOwn(node);
        return null;
    }

    @Override
    public @Nullable Void union(SkipNode.Union node) {
        callOwn(node);
        return null;
    }

    @Override
    public @Nullable Void record(SkipNode.Record node) {
        callOwn(node);
        return null;
    }

    private void callOwn(SkipNode node) {
        reading.loadParameters();
        code.callOwn(generator.skipMethod(node), ReaderGenerator.SKIP);
        reading.takePosition();
    }

    /** The body of a method for one of the larger nodes. */
    void body(SkipNode node) {
        node.accept(new Body());
        reading.givePosition();
        code.op(Opcodes.RETURN);
    }

    private final class Body implements SkipNode.Visitor<@Nullable Void> {
        @Override
        public @Nullable Void size(SkipNode.Size node) {
            return SkipEmitter.this.size(node);
        }

        @Override
        public @Nullable Void varint(SkipNode.Varint node) {
            return SkipEmitter.this.varint(node);
        }

        @Override
        public @Nullable Void symbol(SkipNode.Symbol node) {
            return SkipEmitter.this.symbol(node);
        }

        @Override
        public @Nullable Void prefixed(SkipNode.Prefixed node) {
            return SkipEmitter.this.prefixed(node);
        }

        @Override
        public @Nullable Void items(SkipNode.Items node) {
            generator.enter(reading);
            Blocks blocks = new Blocks(code, reading, node.cost(), "skip");
            blocks.first();
            blocks.eachItem(() -> {
                if (node.isMap()) {
                    reading.read("skipPrefixed", void.class);
                }
                node.item().accept(SkipEmitter.this);
            });
            generator.leave(reading);
            return null;
        }

        @Override
        public @Nullable Void union(SkipNode.Union node) {
            Label[] branches = new Label[node.branches().size()];
            for (int i = 0; i < branches.length; i++) {
                branches[i] = new Label();
            }
            Label refused = new Label();
            Label end = new Label();
            reading.read("readInt", int.class);
            code.select(branches, refused);
            for (int i = 0; i < branches.length; i++) {
                code.mark(branches[i]);
                node.branches().get(i).accept(SkipEmitter.this);
                code.jump(Opcodes.GOTO, end);
            }
            code.mark(refused);
            code.refuse();
            code.mark(end);
            return null;
        }

        @Override
        public @Nullable Void record(SkipNode.Record node) {
            generator.enter(reading);
            node.fields().forEach(field -> field.node().accept(SkipEmitter.this));
            generator.leave(reading);
            return null;
        }
    }
}
