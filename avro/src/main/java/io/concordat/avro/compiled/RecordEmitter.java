package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.Shape;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Writes the method that reads a record. */
abstract class RecordEmitter {
    final ReaderGenerator generator;
    final Code code;
    final ReadCode reading;
    final ReadNode.Record node;

    RecordEmitter(ReaderGenerator generator, Code code, ReadNode.Record node) {
        this.generator = generator;
        this.code = code;
        this.node = node;
        reading = new ReadCode(code);
    }

    static RecordEmitter of(ReaderGenerator generator, Code code, ReadNode.Record node) {
        if (node.shape() instanceof Shape.ObjectShape object && object.isMadeAtOnce()) {
            return object.properties().size() > ObjectMakingEmitter.MAX_PROPERTIES
                    ? new FilledRecordEmitter(generator, code, node, new ManyValues(object))
                    : new ObjectMakingEmitter(generator, code, node, object);
        }
        return new FilledRecordEmitter(generator, code, node, target(node.shape()));
    }

    private static FilledRecordEmitter.Target target(RecordShape shape) {
        if (shape instanceof RecordShape.Generic generic) {
            return new GenericTarget(generic.schema());
        }
        return shape instanceof RecordShape.Specific specific
                ? new SpecificTarget(specific)
                : new ObjectTarget((Shape.ObjectShape) shape);
    }

    /** Writes the whole body. */
    final void body() {
        generator.enter(reading);
        emit();
        generator.leave(reading);
        reading.returnObject();
    }

    /** Writes what leaves the record on the stack. */
    abstract void emit();

    /** Writes code for a value that is not wanted. */
    static void pass(ReaderGenerator generator, Code code, ReadNode.Field field) {
        Kind kind = field.node().accept(new ReadEmitter(generator, code));
        code.op(kind.slots == 2 ? Opcodes.POP2 : Opcodes.POP);
    }

    static List<List<ReadNode.Field>> runs(ReadNode.Record node) {
        return Weight.runs(node.fields(), field -> Weight.of(field.node()));
    }
}
