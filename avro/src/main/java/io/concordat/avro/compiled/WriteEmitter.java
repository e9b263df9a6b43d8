package io.concordat.avro.compiled;

import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.Scalar;
import io.concordat.avro.plan.SymbolNumbers;
import io.concordat.avro.plan.WriteNode;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes code that takes a value from the stack and writes it. */
final class WriteEmitter implements WriteNode.Visitor<@Nullable Void> {
    private static final String OBJECT = "Ljava/lang/Object;";

    /** For how many items of an array room is made at a time. */
    private static final int STOCK = 64;

    private final WriterGenerator generator;
    private final Code code;
    private final WriteCode writing;

    /** What kind of value is on the stack. */
    private Kind given = Kind.OBJECT;

    WriteEmitter(WriterGenerator generator, Code code) {
        this(generator, code, new WriteCode(code));
    }

    WriteEmitter(WriterGenerator generator, Code code, WriteCode writing) {
        this.generator = generator;
        this.code = code;
        this.writing = writing;
    }

    /** Writes code for a value of some kind that is on the stack. */
    void emit(WriteNode node, Kind kind) {
        given = kind;
        node.accept(this);
    }

    /** The body of a method for a value that is no record. */
    void body(WriteNode node) {
        code.load(Kind.OBJECT, WriteCode.VALUE);
        if (node instanceof WriteNode.Array array) {
            arrayBody(array);
        } else if (node instanceof WriteNode.Entries entries) {
            entriesBody(entries);
        } else if (node instanceof WriteNode.Union union) {
            new WriteUnionEmitter(this, code, writing, union).emit();
        } else {
            emit(node, Kind.OBJECT);
        }
        writing.returnPosition();
    }

    private void box() {
        code.box(given);
        given = Kind.OBJECT;
    }

    @Override
    public @Nullable Void nothing(WriteNode.Nothing node) {
        box();
        code.callStatic(Values.class, "requireNull", "(" + OBJECT + ")V");
        return null;
    }

    @Override
    public @Nullable Void primitive(WriteNode.Primitive node) {
        Kind wanted = Kind.of(node.written());
        if (given == Kind.LONG && wanted == Kind.INT) {
            code.callStatic(Values.class, "intOf", "(J)I");
        } else if (given == Kind.OBJECT || !Widening.isPossible(given, wanted)) {
            box();
            String method = wanted.type.getName() + "Of";
            code.callStatic(Values.class, method, "(" + OBJECT + ")" + wanted.descriptor);
        } else {
            Widening.emit(code, given, wanted);
        }
        putPrimitive(node.written());
        return null;
    }

    private void putPrimitive(Scalar scalar) {
        switch (scalar) {
            case BOOLEAN -> writing.put("putBoolean", "Z", 1);
            case INT -> writing.put("putInt", "I", Encodings.INT);
            case LONG -> writing.put("putLong", "J", Encodings.LONG);
            case FLOAT -> writing.put("putFloat", "F", Float.BYTES);
            case DOUBLE -> writing.put("putDouble", "D", Double.BYTES);
        }
    }

    @Override
    public @Nullable Void text(WriteNode.Text node) {
        box();
        writing.write(Encodings.class, "writeText", OBJECT);
        return null;
    }

    @Override
    public @Nullable Void bytes(WriteNode.Bytes node) {
        box();
        writing.write(Encodings.class, "writeBytes", OBJECT);
        return null;
    }

    @Override
    public @Nullable Void fixed(WriteNode.Fixed node) {
        box();
        code.push(node.schema().getFixedSize());
        int room = Room.of(node);
        if (room == Room.ANY) {
            writing.write(Encodings.class, "writeFixed", OBJECT + "I");
        } else {
            writing.put("putFixed", OBJECT + "I", room);
        }
        return null;
    }

    @Override
    public @Nullable Void symbol(WriteNode.Symbol node) {
        box();
        code.constant(node.numbers(), SymbolNumbers.class);
        code.callStatic(Values.class, "symbolOf", "(" + OBJECT + SymbolNumbers.class.descriptorString() + ")I");
        writing.put("putInt", "I", Encodings.INT);
        return null;
    }

    @Override
    public @Nullable Void array(WriteNode.Array node) {
        return callOwn(node);
    }

    @Override
    public @Nullable Void entries(WriteNode.Entries node) {
        return callOwn(node);
    }

    @Override
    public @Nullable Void record(WriteNode.Record node) {
        return callOwn(node);
    }

    private @Nullable Void callOwn(WriteNode node) {
        box();
        writing.callOwn(generator.method(node), OBJECT);
        return null;
    }

    private void arrayBody(WriteNode.Array node) {
        generator.enter(writing);
        Label end = new Label();
        if (node.items() instanceof WriteNode.Primitive items) {
            ownList(items.written(), end);
        }
        code.cast(Collection.class);
        eachItem(Collection.class, Room.of(node.items()), () -> emit(node.items(), Kind.OBJECT));
        code.mark(end);
        generator.leave(writing);
    }

    /** Writes code for a list of ours, which jumps to the end then, and leaves any other on the stack. */
    private void ownList(Scalar items, Label end) {
        Label other = new Label();
        Class<?> list = Lists.listOf(items);
        code.op(Opcodes.DUP);
        code.isInstance(list);
        code.jump(Opcodes.IFEQ, other);
        code.cast(list);
        writing.write(Lists.class, Lists.methodFor(items), list.descriptorString());
        code.jump(Opcodes.GOTO, end);
        code.mark(other);
    }

    private void entriesBody(WriteNode.Entries node) {
        generator.enter(writing);
        code.cast(Map.class);
        code.call(Map.class, "entrySet", "()" + Set.class.descriptorString());
        int entry = code.newVariable(Kind.OBJECT);
        eachItem(Set.class, Room.ANY, () -> {
            code.cast(Map.Entry.class);
            code.store(Kind.OBJECT, entry);
            code.load(Kind.OBJECT, entry);
            code.call(Map.Entry.class, "getKey", "()" + OBJECT);
            writing.write(Encodings.class, "writeKey", OBJECT);
            code.load(Kind.OBJECT, entry);
            code.call(Map.Entry.class, "getValue", "()" + OBJECT);
            emit(node.values(), Kind.OBJECT);
        });
        generator.leave(writing);
    }

    /**
     * Writes what is done with each item, which is on the stack then, of the collection on the stack.
     *
     * @param room what an item takes at most
     */
    private void eachItem(Class<?> collectionType, int room, Runnable item) {
        int collection = code.newVariable(Kind.OBJECT);
        int size = code.newVariable(Kind.INT);
        int written = code.newVariable(Kind.INT);
        int items = code.newVariable(Kind.OBJECT);
        code.store(Kind.OBJECT, collection);
        code.load(Kind.OBJECT, collection);
        code.call(collectionType, "size", "()I");
        code.store(Kind.INT, size);
        code.load(Kind.INT, size);
        writing.write(Encodings.class, "writeCount", "I");
        code.push(0);
        code.store(Kind.INT, written);
        code.load(Kind.OBJECT, collection);
        code.call(collectionType, "iterator", "()" + Iterator.class.descriptorString());
        code.store(Kind.OBJECT, items);
        Label end = new Label();
        Runnable next = () -> {
            code.load(Kind.OBJECT, items);
            code.call(Iterator.class, "next", "()" + OBJECT);
            item.run();
            code.increment(written, 1);
        };
        Runnable testNext = () -> {
            code.load(Kind.OBJECT, items);
            code.call(Iterator.class, "hasNext", "()Z");
        };
        if (room > 0) {
            inStock(room, testNext, next, end);
        } else {
            Label again = new Label();
            code.mark(again);
            testNext.run();
            code.jump(Opcodes.IFEQ, end);
            next.run();
            code.jump(Opcodes.GOTO, again);
        }
        code.mark(end);
        writing.setRoom(0);
        code.load(Kind.INT, size);
        code.load(Kind.INT, written);
        writing.write(Encodings.class, "writeEnd", "II");
    }

    /** A loop within a loop: room is made for many items, and then they are written without any call. */
    private void inStock(int room, Runnable testNext, Runnable next, Label end) {
        int stock = code.newVariable(Kind.INT);
        Label more = new Label();
        Label again = new Label();
        writing.forgetArray();
        code.mark(more);
        testNext.run();
        code.jump(Opcodes.IFEQ, end);
        writing.ensure(room * STOCK);
        code.push(STOCK);
        code.store(Kind.INT, stock);
        code.mark(again);
        writing.setRoom(room);
        next.run();
        code.increment(stock, -1);
        code.load(Kind.INT, stock);
        writing.setRoom(0);
        code.jump(Opcodes.IFEQ, more);
        testNext.run();
        code.jump(Opcodes.IFNE, again);
    }

    @Override
    public @Nullable Void union(WriteNode.Union node) {
        if (!Weight.isInline(node)) {
            return callOwn(node);
        }
        box();
        new WriteUnionEmitter(this, code, writing, node).emit();
        return null;
    }

    @Override
    public @Nullable Void converted(WriteNode.Converted node) {
        box();
        int value = code.newVariable(Kind.OBJECT);
        code.store(Kind.OBJECT, value);
        code.constant(node.converter(), Converter.class);
        code.load(Kind.OBJECT, value);
        code.call(Converter.class, "toAvro", "(" + OBJECT + ")" + OBJECT);
        emit(node.raw(), Kind.OBJECT);
        return null;
    }

    @Override
    public @Nullable Void logical(WriteNode.Logical node) {
        box();
        code.constant(node, WriteNode.Logical.class);
        code.callStatic(
                Values.class, "rawOf", "(" + OBJECT + WriteNode.Logical.class.descriptorString() + ")" + OBJECT);
        emit(node.raw(), Kind.OBJECT);
        return null;
    }
}
