package io.concordat.avro.compiled;

import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.WriteNode;
import io.concordat.avro.plan.WritePlan;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class that writes by a plan. Records, arrays, maps and the larger unions are methods of it, made once however
 * often they are used, so that records may be of their own type.
 */
final class WriterGenerator {
    /** What writes a value: the value, buffer, position, depth. */
    static final String VALUE = "(Ljava/lang/Object;" + WriteCode.PARAMETERS;

    private final ClassBuilder owner = new ClassBuilder("CompiledRecordWriter", RecordWriter.class);
    private final Map<WriteNode, String> methods = new IdentityHashMap<>();
    private final Limits limits;
    private final boolean countsDepth;

    private WriterGenerator(Limits limits, boolean countsDepth) {
        this.limits = limits;
        this.countsDepth = countsDepth;
    }

    static boolean countsDepth(WritePlan plan) {
        return new Nesting().of(plan.root()) > plan.limits().depth();
    }

    /**
     * Makes the class and its object.
     *
     * @throws ReflectiveOperationException if the JVM does not let us
     */
    static RecordWriter generate(WritePlan plan) throws ReflectiveOperationException {
        WriterGenerator generator = new WriterGenerator(plan.limits(), countsDepth(plan));
        String root = generator.method(plan.root());
        generator.owner.contract("write", VALUE, code -> {
            code.load(Kind.OBJECT, 1);
            code.load(Kind.OBJECT, 2);
            code.load(Kind.INT, 3);
            code.load(Kind.OBJECT, 4);
            code.callOwn(root, VALUE);
            code.op(Opcodes.IRETURN);
        });
        return (RecordWriter) generator.owner.build();
    }

    ClassBuilder owner() {
        return owner;
    }

    Limits limits() {
        return limits;
    }

    void enter(WriteCode writing) {
        if (countsDepth) {
            writing.enter();
        }
    }

    void leave(WriteCode writing) {
        if (countsDepth) {
            writing.leave();
        }
    }

    /** The method for a value. */
    String method(WriteNode node) {
        String known = methods.get(node);
        if (known == null) {
            known = owner.newName(node.schema().getType().getName());
            methods.put(node, known);
            owner.method(known, VALUE, body(node));
        }
        return known;
    }

    private Consumer<Code> body(WriteNode node) {
        return node instanceof WriteNode.Record record
                ? code -> new WriteRecordEmitter(this, code, record).body()
                : code -> new WriteEmitter(this, code).body(node);
    }
}
