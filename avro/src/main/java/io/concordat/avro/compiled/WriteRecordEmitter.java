package io.concordat.avro.compiled;

import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WriteNode;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the method that writes a record, a run of fields after the other. */
final class WriteRecordEmitter {
    /** What a record is taken from. */
    interface Source {
        /** Pushes whether the value on the stack is one. */
        void test(Code code);

        /** Pushes a field's value from the record in the variable; answers what kind it is. */
        Kind get(Code code, WriteNode.Field field);

        /** Whether records have the field at all. */
        boolean has(WriteNode.Field field);
    }

    private final WriterGenerator generator;
    private final Code code;
    private final WriteCode writing;
    private final WriteNode.Record node;
    private final Source source;

    WriteRecordEmitter(WriterGenerator generator, Code code, WriteNode.Record node) {
        this.generator = generator;
        this.code = code;
        this.node = node;
        writing = new WriteCode(code);
        source = source(node);
    }

    private static Source source(WriteNode.Record node) {
        RecordShape shape = node.shape();
        if (shape instanceof RecordShape.Specific specific) {
            return new SpecificSource(specific);
        }
        return shape instanceof Shape.ObjectShape object ? new ObjectSource(object) : new GenericSource(node.schema());
    }

    void body() {
        Label other = new Label();
        code.load(Kind.OBJECT, WriteCode.VALUE);
        source.test(code);
        code.jump(Opcodes.IFEQ, other);
        generator.enter(writing);
        List<List<WriteNode.Field>> runs = Weight.runs(node.fields(), field -> Weight.of(field.node()));
        if (runs.size() == 1) {
            writeFields(code, writing, runs.get(0));
        } else {
            runs.forEach(this::callRun);
        }
        generator.leave(writing);
        writing.returnPosition();
        code.mark(other);
        writeOther();
    }

    private void callRun(List<WriteNode.Field> run) {
        String name = generator.owner().newName("fields");
        generator.owner().method(name, WriterGenerator.VALUE, inRun -> {
            WriteCode runWriting = new WriteCode(inRun);
            writeFields(inRun, runWriting, run);
            runWriting.returnPosition();
        });
        code.load(Kind.OBJECT, WriteCode.VALUE);
        writing.callOwn(name, "Ljava/lang/Object;");
    }

    private void writeFields(Code into, WriteCode where, List<WriteNode.Field> run) {
        WriteEmitter values = new WriteEmitter(generator, into, where);
        for (int i = 0; i < run.size(); i++) {
            WriteNode.Field field = run.get(i);
            int room = Room.of(field.node());
            if (!source.has(field)) {
                writeDefault(into, where, field);
                continue;
            }
            if (room != Room.ANY && !where.hasRoom(room)) {
                where.ensure(Room.ofRun(run.subList(i, run.size())));
            }
            values.emit(field.node(), source.get(into, field));
        }
    }

    private static void writeDefault(Code into, WriteCode where, WriteNode.Field field) {
        if (field.field().hasDefaultValue()) {
            into.constant(field.defaultBytes(), byte[].class);
            where.write(Encodings.class, "writeAll", "[B");
        } else {
            into.refuse();
        }
    }

    /** What is no such record may be one of Avro's nevertheless. */
    private void writeOther() {
        if (node.shape() instanceof Shape.ObjectShape) {
            code.refuse();
            return;
        }
        code.constant(new OtherRecords(node, generator.limits()), OtherRecords.class);
        code.load(Kind.OBJECT, WriteCode.VALUE);
        writing.loadRest();
        code.call(OtherRecords.class, "write", WriterGenerator.VALUE);
        code.op(Opcodes.IRETURN);
    }
}
