package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import org.objectweb.asm.Opcodes;

/**
 * A method that writes: its parameters are the value, the buffer, the position, which is a variable from then on, and the
 * depth. A further variable holds the buffer's array, as long as there is known to be room in it.
 */
final class WriteCode {
    /** What follows the value in a descriptor. */
    static final String PARAMETERS =
            RecordBuffer.class.descriptorString() + "I" + Depth.class.descriptorString() + ")I";

    static final int VALUE = 0;
    private static final int BUFFER = 1;
    private static final int POSITION = 2;
    private static final int DEPTH = 3;

    private static final String BUFFER_AND_POSITION = RecordBuffer.class.descriptorString() + "I)I";

    private final Code code;
    private final int array;
    private int room;

    WriteCode(Code code) {
        this.code = code;
        array = code.newVariable(Kind.OBJECT);
    }

    /** Sees to it that there is room for so many bytes. */
    void ensure(int bytes) {
        if (room < bytes) {
            code.load(Kind.OBJECT, BUFFER);
            code.load(Kind.INT, POSITION);
            code.push(bytes);
            code.call(RecordBuffer.class, "ensure", "(II)[B");
            code.store(Kind.OBJECT, array);
            room = bytes;
        }
    }

    /** Gives the array's variable a value for the ways on which there is no room yet. */
    void forgetArray() {
        code.op(Opcodes.ACONST_NULL);
        code.store(Kind.OBJECT, array);
        room = 0;
    }

    /** Whether there is known to be room for so many bytes. */
    boolean hasRoom(int bytes) {
        return room >= bytes;
    }

    int room() {
        return room;
    }

    /** What is known of the room where ways meet. */
    void setRoom(int bytes) {
        room = bytes;
    }

    /**
     * Writes the call of an encoding that needs room; the value is on the stack.
     *
     * @param descriptor of the parameters before array and position
     * @param bytes how many it takes at most
     */
    void put(String method, String descriptor, int bytes) {
        ensure(bytes);
        code.load(Kind.OBJECT, array);
        code.load(Kind.INT, POSITION);
        code.callStatic(Encodings.class, method, "(" + descriptor + "[BI)I");
        code.store(Kind.INT, POSITION);
        room -= bytes;
    }

    /** Writes the call of an encoding that sees to the room itself; the value is on the stack. */
    void write(Class<?> owner, String method, String descriptor) {
        code.load(Kind.OBJECT, BUFFER);
        code.load(Kind.INT, POSITION);
        code.callStatic(owner, method, "(" + descriptor + BUFFER_AND_POSITION);
        code.store(Kind.INT, POSITION);
        room = 0;
    }

    /** Writes the call of a method of the class; the value is on the stack. */
    void callOwn(String method, String valueType) {
        loadRest();
        code.callOwn(method, "(" + valueType + PARAMETERS);
        code.store(Kind.INT, POSITION);
        room = 0;
    }

    /** Pushes buffer, position and depth. */
    void loadRest() {
        code.load(Kind.OBJECT, BUFFER);
        code.load(Kind.INT, POSITION);
        code.load(Kind.OBJECT, DEPTH);
    }

    void enter() {
        code.load(Kind.OBJECT, DEPTH);
        code.call(Depth.class, "enter", "()V");
    }

    void leave() {
        code.load(Kind.OBJECT, DEPTH);
        code.call(Depth.class, "leave", "()V");
    }

    void returnPosition() {
        code.load(Kind.INT, POSITION);
        code.op(Opcodes.IRETURN);
    }
}
