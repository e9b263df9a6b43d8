package io.concordat.avro.compiled;

import io.concordat.avro.plan.ItemCost;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the loops over the blocks of a collection and the items of a block. */
final class Blocks {
    private final Code code;
    private final ReadCode reading;
    private final ItemCost cost;
    private final String verb;
    private final int left;

    /** @param verb {@code read} or {@code skip} */
    Blocks(Code code, ReadCode reading, ItemCost cost, String verb) {
        this.code = code;
        this.reading = reading;
        this.cost = cost;
        this.verb = verb;
        left = code.newVariable(Kind.INT);
    }

    /** Reads how many items the first block has. */
    void first() {
        next();
    }

    private void next() {
        if (cost.bytes() > 0) {
            reading.read(verb + "Block", cost.bytes(), int.class);
        } else {
            reading.read(verb + "EmptyBlock", cost.places(), int.class);
        }
        code.store(Kind.INT, left);
    }

    /** Pushes how large the collection should be at first. */
    void pushCapacity() {
        code.load(Kind.INT, left);
        code.callStatic(Cursor.class, "capacity", "(I)I");
    }

    /** Pushes how many items of the block are left. */
    void pushCount() {
        code.load(Kind.INT, left);
    }

    /** Writes what is done for each item. */
    void eachItem(Runnable item) {
        eachItem(() -> {}, item);
    }

    /** Writes what is done before each block and for each item. */
    void eachItem(Runnable beforeBlock, Runnable item) {
        Label block = new Label();
        Label again = new Label();
        Label end = new Label();
        code.mark(block);
        code.load(Kind.INT, left);
        code.jump(Opcodes.IFEQ, end);
        beforeBlock.run();
        code.mark(again);
        item.run();
        code.increment(left, -1);
        code.load(Kind.INT, left);
        code.jump(Opcodes.IFNE, again);
        next();
        code.jump(Opcodes.GOTO, block);
        code.mark(end);
    }
}
