package io.concordat.avro.compiled;

import io.concordat.avro.plan.BranchChoice;
import io.concordat.avro.plan.WriteNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes code that finds the branch of a value, which is on the stack, and writes both. */
final class WriteUnionEmitter {
    private final WriteEmitter values;
    private final Code code;
    private final WriteCode writing;
    private final WriteNode.Union node;
    private final Label[] branches;
    private final int value;

    WriteUnionEmitter(WriteEmitter values, Code code, WriteCode writing, WriteNode.Union node) {
        this.values = values;
        this.code = code;
        this.writing = writing;
        this.node = node;
        branches = new Label[node.branches().size()];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = new Label();
        }
        value = code.newVariable(Kind.OBJECT);
    }

    void emit() {
        code.store(Kind.OBJECT, value);
        int room = Room.of(node);
        if (room != Room.ANY) {
            writing.ensure(room);
        }
        choose();
        int roomBefore = writing.room();
        Label end = new Label();
        for (int i = 0; i < branches.length; i++) {
            code.mark(branches[i]);
            writing.setRoom(roomBefore);
            writeBranch(i);
            code.jump(Opcodes.GOTO, end);
        }
        code.mark(end);
        writing.setRoom(room == Room.ANY ? 0 : roomBefore - room);
    }

    private void writeBranch(int branch) {
        code.push(branch);
        if (branch < Room.SMALL_NUMBERS) {
            writing.put("putInt", "I", 1);
        } else {
            writing.put("putInt", "I", Encodings.INT);
        }
        code.load(Kind.OBJECT, value);
        values.emit(node.branches().get(branch), Kind.OBJECT);
    }

    /** Writes jumps to the branches; there is no way past them. */
    private void choose() {
        if (node.choice() instanceof BranchChoice.ByNull byNull) {
            code.load(Kind.OBJECT, value);
            code.jump(Opcodes.IFNULL, branches[byNull.ofNull()]);
            code.jump(Opcodes.GOTO, branches[byNull.ofOthers()]);
        } else if (node.choice() instanceof BranchChoice.ByClass byClass) {
            chooseByClass(byClass.classes());
        } else {
            chooseByModel((BranchChoice.ByModel) node.choice());
        }
    }

    private void chooseByClass(List<Class<?>> classes) {
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i) == Void.class) {
                code.load(Kind.OBJECT, value);
                code.jump(Opcodes.IFNULL, branches[i]);
            } else {
                code.constant(classes.get(i), Class.class);
                code.load(Kind.OBJECT, value);
                code.call(Class.class, "isInstance", "(Ljava/lang/Object;)Z");
                code.jump(Opcodes.IFNE, branches[i]);
            }
        }
        code.refuse();
    }

    /** Looks for the usual classes first, unless there is a conversion that wants them itself. */
    private void chooseByModel(BranchChoice.ByModel choice) {
        if (isPlain(choice.model())) {
            for (int i = 0; i < branches.length; i++) {
                test(node.branches().get(i), branches[i]);
            }
        }
        Label refused = new Label();
        code.constant(new BranchMemory(choice), BranchMemory.class);
        code.load(Kind.OBJECT, value);
        code.call(BranchMemory.class, "branchOf", "(Ljava/lang/Object;)I");
        code.select(branches, refused);
        code.mark(refused);
        code.refuse();
    }

    private static boolean isPlain(GenericData model) {
        for (Conversion<?> conversion : model.getConversions()) {
            Class<?> type = conversion.getConvertedType();
            if (type == String.class
                    || (Number.class.isAssignableFrom(type) && type.getName().startsWith("java.lang."))
                    || type == Boolean.class
                    || type == Utf8.class
                    || ByteBuffer.class.isAssignableFrom(type)
                    || IndexedRecord.class.isAssignableFrom(type)
                    || Map.class.isAssignableFrom(type)
                    || List.class.isAssignableFrom(type)) {
                return false;
            }
        }
        return true;
    }

    private void test(WriteNode branch, Label target) {
        WriteNode raw = branch instanceof WriteNode.Logical logical ? logical.raw() : branch;
        if (raw instanceof WriteNode.Nothing) {
            code.load(Kind.OBJECT, value);
            code.jump(Opcodes.IFNULL, target);
        } else if (raw instanceof WriteNode.Primitive primitive) {
            test(Kind.of(primitive.written()).boxType, target);
        } else if (raw instanceof WriteNode.Text) {
            test(String.class, target);
            test(Utf8.class, target);
        } else if (raw instanceof WriteNode.Bytes) {
            test(ByteBuffer.class, target);
        } else if (raw instanceof WriteNode.Array) {
            test(List.class, target);
        } else if (raw instanceof WriteNode.Entries) {
            test(Map.class, target);
        } else if (raw instanceof WriteNode.Record) {
            code.constant(new SchemaMatch(raw.schema()), SchemaMatch.class);
            code.load(Kind.OBJECT, value);
            code.call(SchemaMatch.class, "holds", "(Ljava/lang/Object;)Z");
            code.jump(Opcodes.IFNE, target);
        }
    }

    private void test(Class<?> type, Label target) {
        code.load(Kind.OBJECT, value);
        code.isInstance(type);
        code.jump(Opcodes.IFNE, target);
    }
}
