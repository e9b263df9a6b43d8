package io.concordat.avro.compiled;

import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.ReadNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.util.Utf8;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes code that reads a value, and leaves it on the stack. */
final class ReadEmitter implements ReadNode.Visitor<Kind> {
    private static final String SCHEMA = Type.getDescriptor(Schema.class);

    private final ReaderGenerator generator;
    private final Code code;
    private final ReadCode reading;

    ReadEmitter(ReaderGenerator generator, Code code) {
        this.generator = generator;
        this.code = code;
        reading = new ReadCode(code);
    }

    /** What kind of thing a node's value is. */
    static Kind kindOf(ReadNode node) {
        if (node instanceof ReadNode.Primitive primitive) {
            return Kind.of(primitive.read());
        }
        return node instanceof ReadNode.Default defaulted ? kindOf(defaulted.value()) : Kind.OBJECT;
    }

    /** The body of a method for any value. */
    void body(ReadNode node) {
        emitBoxed(node);
        reading.returnObject();
    }

    private void emitBoxed(ReadNode node) {
        code.box(node.accept(this));
    }

    @Override
    public Kind nothing(ReadNode.Nothing node) {
        code.op(Opcodes.ACONST_NULL);
        return Kind.OBJECT;
    }

    @Override
    public Kind primitive(ReadNode.Primitive node) {
        switch (node.written()) {
            case BOOLEAN -> readBoolean();
            case INT -> reading.read("readInt", int.class);
            case LONG -> reading.read("readLong", long.class);
            case FLOAT -> readFixedSize("floatAt", "F", Float.BYTES);
            case DOUBLE -> readFixedSize("doubleAt", "D", Double.BYTES);
        }
        Widening.emit(code, Kind.of(node.written()), Kind.of(node.read()));
        return Kind.of(node.read());
    }

    private void readBoolean() {
        Label isFalse = new Label();
        Label end = new Label();
        reading.loadBytes();
        reading.loadPosition();
        code.op(Opcodes.BALOAD);
        reading.advance(1);
        code.push(1);
        code.jump(Opcodes.IF_ICMPNE, isFalse);
        code.push(1);
        code.jump(Opcodes.GOTO, end);
        code.mark(isFalse);
        code.push(0);
        code.mark(end);
    }

    private void readFixedSize(String method, String result, int size) {
        reading.loadBytes();
        reading.loadPosition();
        code.callStatic(Cursor.class, method, "([BI)" + result);
        reading.advance(size);
    }

    @Override
    public Kind text(ReadNode.Text node) {
        reading.read(node.isString() ? "readString" : "readUtf8", node.isString() ? String.class : Utf8.class);
        return Kind.OBJECT;
    }

    @Override
    public Kind bytes(ReadNode.Bytes node) {
        reading.read(node.isArray() ? "readBytes" : "readBuffer", node.isArray() ? byte[].class : ByteBuffer.class);
        return Kind.OBJECT;
    }

    @Override
    public Kind fixed(ReadNode.Fixed node) {
        code.newObject(GenericData.Fixed.class);
        code.op(Opcodes.DUP);
        code.constant(node.schema(), Schema.class);
        reading.read("readFixed", node.schema().getFixedSize(), byte[].class);
        code.construct(GenericData.Fixed.class, "(" + SCHEMA + "[B)V");
        return Kind.OBJECT;
    }

    @Override
    public Kind specificFixed(ReadNode.SpecificFixed node) {
        code.constant(node.type(), Class.class);
        code.constant(node.schema(), Schema.class);
        code.callStatic(SpecificData.class, "newInstance", "(Ljava/lang/Class;" + SCHEMA + ")Ljava/lang/Object;");
        code.cast(SpecificFixed.class);
        code.op(Opcodes.DUP);
        reading.read("readFixed", node.schema().getFixedSize(), byte[].class);
        code.call(SpecificFixed.class, "bytes", "([B)V");
        return Kind.OBJECT;
    }

    @Override
    public Kind fixedBytes(ReadNode.FixedBytes node) {
        reading.read("readFixed", node.size(), byte[].class);
        return Kind.OBJECT;
    }

    @Override
    public Kind symbol(ReadNode.Symbol node) {
        reading.load();
        code.constant(node.values().toArray(), Object[].class);
        code.call(Cursor.class, "readSymbol", "([BI[Ljava/lang/Object;)Ljava/lang/Object;");
        reading.takePosition();
        return Kind.OBJECT;
    }

    @Override
    public Kind array(ReadNode.Array node) {
        return callOwn(generator.arrayMethod(node));
    }

    @Override
    public Kind entries(ReadNode.Entries node) {
        return callOwn(generator.entriesMethod(node));
    }

    @Override
    public Kind record(ReadNode.Record node) {
        return callOwn(generator.recordMethod(node));
    }

    private Kind callOwn(String method) {
        reading.loadParameters();
        code.callOwn(method, ReaderGenerator.VALUE);
        reading.takePosition();
        return Kind.OBJECT;
    }

    void arrayBody(ReadNode.Array node) {
        generator.enter(reading);
        if (node.items() instanceof ReadNode.Primitive items) {
            new PrimitiveArrayEmitter(code, node, items).emit(this);
        } else {
            objects(node);
        }
        generator.leave(reading);
        code.op(Opcodes.ARETURN);
    }

    private void objects(ReadNode.Array node) {
        int array = code.newVariable(Kind.OBJECT);
        Blocks blocks = new Blocks(code, reading, node.cost(), "read");
        blocks.first();
        Class<?> type = node.isPlain() ? ArrayList.class : GenericData.Array.class;
        code.newObject(type);
        code.op(Opcodes.DUP);
        blocks.pushCapacity();
        if (node.isPlain()) {
            code.construct(type, "(I)V");
        } else {
            code.constant(node.schema(), Schema.class);
            code.construct(type, "(I" + SCHEMA + ")V");
        }
        code.store(Kind.OBJECT, array);
        blocks.eachItem(() -> {
            code.load(Kind.OBJECT, array);
            emitBoxed(node.items());
            code.call(type, "add", "(Ljava/lang/Object;)Z");
            code.op(Opcodes.POP);
        });
        reading.givePosition();
        code.load(Kind.OBJECT, array);
    }

    void entriesBody(ReadNode.Entries node) {
        generator.enter(reading);
        int map = code.newVariable(Kind.OBJECT);
        Blocks blocks = new Blocks(code, reading, node.cost(), "read");
        blocks.first();
        code.newObject(HashMap.class);
        code.op(Opcodes.DUP);
        blocks.pushCapacity();
        code.push(2);
        code.op(Opcodes.IMUL);
        code.construct(HashMap.class, "(I)V");
        code.store(Kind.OBJECT, map);
        blocks.eachItem(() -> {
            code.load(Kind.OBJECT, map);
            emitBoxed(node.keys());
            emitBoxed(node.values());
            code.call(HashMap.class, "put", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            code.op(Opcodes.POP);
        });
        generator.leave(reading);
        code.load(Kind.OBJECT, map);
        reading.returnObject();
    }

    @Override
    public Kind union(ReadNode.Union node) {
        if (Weight.isInline(node)) {
            selectBranch(node);
            return Kind.OBJECT;
        }
        return callOwn(generator.unionMethod(node));
    }

    void unionBody(ReadNode.Union node) {
        selectBranch(node);
        reading.returnObject();
    }

    private void selectBranch(ReadNode.Union node) {
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
            emitBoxed(node.branches().get(i));
            code.jump(Opcodes.GOTO, end);
        }
        code.mark(refused);
        code.refuse();
        code.mark(end);
    }

    @Override
    public Kind converted(ReadNode.Converted node) {
        code.constant(node.converter(), Converter.class);
        emitBoxed(node.raw());
        code.call(Converter.class, "fromAvro", "(Ljava/lang/Object;)Ljava/lang/Object;");
        return Kind.OBJECT;
    }

    @Override
    public Kind defaulted(ReadNode.Default node) {
        Constant constant = Constant.of(node);
        if (constant != null) {
            return pushConstant(constant, kindOf(node));
        }
        code.constant(node.bytes(), byte[].class);
        code.push(0);
        reading.loadCursor();
        code.constant(node.bytes(), byte[].class);
        code.call(Cursor.class, "within", "([B)" + Type.getDescriptor(Cursor.class));
        code.callOwn(generator.valueMethod(node.value()), ReaderGenerator.VALUE);
        return Kind.OBJECT;
    }

    private Kind pushConstant(Constant constant, Kind kind) {
        Object value = constant.value();
        if (value == null) {
            code.op(Opcodes.ACONST_NULL);
        } else if (kind == Kind.OBJECT) {
            code.constant(value, Object.class);
        } else {
            code.pushPrimitive(value);
        }
        return kind;
    }

    @Override
    public Kind skipped(ReadNode.Skipped node) {
        node.written().accept(new SkipEmitter(generator, code));
        code.op(Opcodes.ACONST_NULL);
        return Kind.OBJECT;
    }

    @Override
    public Kind unreadable(ReadNode.Unreadable node) {
        code.refuse();
        code.op(Opcodes.ACONST_NULL); // Never reached, but a value is expected.
        return Kind.OBJECT;
    }
}
