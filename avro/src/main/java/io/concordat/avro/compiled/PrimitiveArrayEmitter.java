package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import org.apache.avro.Schema;
import org.objectweb.asm.Opcodes;

/** Writes code that reads an array of numbers or truth values into an array of primitives. */
final class PrimitiveArrayEmitter {
    private final Code code;
    private final ReadCode reading;
    private final ReadNode.Array node;
    private final ReadNode.Primitive items;
    private final Class<?> list;
    private final Class<?> array;

    PrimitiveArrayEmitter(Code code, ReadNode.Array node, ReadNode.Primitive items) {
        this.code = code;
        this.node = node;
        this.items = items;
        reading = new ReadCode(code);
        list = Lists.listOf(items.read());
        array = Kind.of(items.read()).type.arrayType();
    }

    /** Leaves the list on the stack. */
    void emit(ReadEmitter values) {
        int elements = code.newVariable(Kind.OBJECT);
        int size = code.newVariable(Kind.INT);
        code.push(0);
        code.newArray(array.componentType());
        code.store(Kind.OBJECT, elements);
        code.push(0);
        code.store(Kind.INT, size);
        Blocks blocks = new Blocks(code, reading, node.cost(), "read");
        blocks.first();
        blocks.eachItem(
                () -> {
                    code.load(Kind.OBJECT, elements);
                    code.load(Kind.INT, size);
                    blocks.pushCount();
                    code.op(Opcodes.IADD);
                    String descriptor = "(" + array.descriptorString() + "I)" + array.descriptorString();
                    code.callStatic(Growth.class, "grown", descriptor);
                    code.store(Kind.OBJECT, elements);
                },
                () -> {
                    code.load(Kind.OBJECT, elements);
                    code.load(Kind.INT, size);
                    items.accept(values);
                    code.op(storing());
                    code.increment(size, 1);
                });
        reading.givePosition();
        code.constant(node.schema(), Schema.class);
        code.load(Kind.OBJECT, elements);
        code.load(Kind.INT, size);
        String descriptor =
                "(" + Schema.class.descriptorString() + array.descriptorString() + "I)" + list.descriptorString();
        code.callStatic(list, "wrap", descriptor);
    }

    private int storing() {
        return switch (items.read()) {
            case BOOLEAN -> Opcodes.BASTORE;
            case INT -> Opcodes.IASTORE;
            case LONG -> Opcodes.LASTORE;
            case FLOAT -> Opcodes.FASTORE;
            case DOUBLE -> Opcodes.DASTORE;
        };
    }
}
