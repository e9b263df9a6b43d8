package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Writes code for a record that is made empty and then filled, a run of fields after the other. */
final class FilledRecordEmitter extends RecordEmitter {
    /** What is filled. */
    interface Target {
        /** Pushes an empty one. */
        void make(Code code);

        /** The class of its variable: one that this library's class loader knows. */
        Class<?> variableType();

        /** Pushes what comes before the value: the one in the variable among it. */
        void prepare(Code code, int variable, ReadNode.Field field);

        /** What kind of value is wanted. */
        Kind wanted(ReadNode.Field field);

        /** Writes the call that takes it all from the stack. */
        void put(Code code, ReadNode.Field field);

        /** Turns what is on the stack into the record, when all is filled. */
        default void finish(Code code) {}
    }

    private final Target target;

    FilledRecordEmitter(ReaderGenerator generator, Code code, ReadNode.Record node, Target target) {
        super(generator, code, node);
        this.target = target;
    }

    @Override
    void emit() {
        int variable = code.newVariable(Kind.OBJECT);
        target.make(code);
        code.store(Kind.OBJECT, variable);
        List<List<ReadNode.Field>> runs = runs(node);
        if (runs.size() == 1) {
            fill(code, variable, runs.get(0));
        } else {
            runs.forEach(run -> callFill(variable, run));
        }
        code.load(Kind.OBJECT, variable);
        target.finish(code);
    }

    private void callFill(int variable, List<ReadNode.Field> run) {
        String descriptor = ReadCode.PARAMETERS + target.variableType().descriptorString() + ")I";
        String name = generator.owner().newName("fields");
        generator.owner().method(name, descriptor, other -> {
            fill(other, 3, run);
            other.load(Kind.INT, ReadCode.POSITION);
            other.op(Opcodes.IRETURN);
        });
        reading.loadParameters();
        code.load(Kind.OBJECT, variable);
        code.callOwn(name, descriptor);
        reading.storePosition();
    }

    private void fill(Code into, int variable, List<ReadNode.Field> run) {
        ReadEmitter values = new ReadEmitter(generator, into);
        for (ReadNode.Field field : run) {
            if (field.isWanted()) {
                target.prepare(into, variable, field);
                Kind kind = field.node().accept(values);
                Widening.emit(into, kind, target.wanted(field));
                target.put(into, field);
            } else {
                pass(generator, into, field);
            }
        }
    }
}
