package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.ReadPlan;
import io.concordat.avro.plan.SkipNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class that reads by a plan. Records, arrays, maps and the larger unions are methods of it, made once however often
 * they are used, so that records may be of their own type.
 */
final class ReaderGenerator {
    /** What reads a value: bytes, position, cursor. */
    static final String VALUE = ReadCode.PARAMETERS + ")Ljava/lang/Object;";

    /** What passes over a value. */
    static final String SKIP = ReadCode.PARAMETERS + ")V";

    private final ClassBuilder owner = new ClassBuilder("CompiledRecordReader", RecordReader.class);
    private final Map<Object, String> methods = new IdentityHashMap<>();
    private final boolean countsDepth;

    private ReaderGenerator(boolean countsDepth) {
        this.countsDepth = countsDepth;
    }

    /**
     * Makes the class and its object.
     *
     * @throws ReflectiveOperationException if the JVM does not let us
     */
    static RecordReader generate(ReadPlan plan) throws ReflectiveOperationException {
        boolean countsDepth = new Nesting().of(plan.root()) > plan.limits().depth();
        ReaderGenerator generator = new ReaderGenerator(countsDepth);
        String root = generator.valueMethod(plan.root());
        generator.owner.contract("read", VALUE, code -> {
            code.load(Kind.OBJECT, 1);
            code.load(Kind.INT, 2);
            code.load(Kind.OBJECT, 3);
            code.callOwn(root, VALUE);
            code.op(Opcodes.ARETURN);
        });
        return (RecordReader) generator.owner.build();
    }

    ClassBuilder owner() {
        return owner;
    }

    void enter(ReadCode reading) {
        if (countsDepth) {
            reading.enter();
        }
    }

    void leave(ReadCode reading) {
        if (countsDepth) {
            reading.leave();
        }
    }

    /** The method for a value of any kind. */
    String valueMethod(ReadNode node) {
        if (node instanceof ReadNode.Record record) {
            return recordMethod(record);
        }
        if (node instanceof ReadNode.Array array) {
            return arrayMethod(array);
        }
        if (node instanceof ReadNode.Entries entries) {
            return entriesMethod(entries);
        }
        return node instanceof ReadNode.Union union
                ? unionMethod(union)
                : method(node, "value", code -> new ReadEmitter(this, code).body(node));
    }

    String recordMethod(ReadNode.Record node) {
        return method(node, "record", code -> RecordEmitter.of(this, code, node).body());
    }

    String unionMethod(ReadNode.Union node) {
        return method(node, "union", code -> new ReadEmitter(this, code).unionBody(node));
    }

    String arrayMethod(ReadNode.Array node) {
        return method(node, "array", code -> new ReadEmitter(this, code).arrayBody(node));
    }

    String entriesMethod(ReadNode.Entries node) {
        return method(node, "map", code -> new ReadEmitter(this, code).entriesBody(node));
    }

    private String method(Object node, String prefix, Consumer<Code> body) {
        String known = methods.get(node);
        if (known == null) {
            known = owner.newName(prefix);
            methods.put(node, known);
            owner.method(known, VALUE, body);
        }
        return known;
    }

    String skipMethod(SkipNode node) {
        String known = methods.get(node);
        if (known == null) {
            known = owner.newName("skip");
            methods.put(node, known);
            owner.method(known, SKIP, code -> new SkipEmitter(this, code).body(node));
        }
        return known;
    }
}
