package io.concordat.avro.compiled;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A method that reads: its first parameters are the bytes, the position, which is a variable from then on, and the cursor.
 */
final class ReadCode {
    private static final String CURSOR = Type.getDescriptor(Cursor.class);

    /** The parameters, to begin a descriptor with. */
    static final String PARAMETERS = "([BI" + CURSOR;

    static final int BYTES = 0;
    static final int POSITION = 1;
    static final int CURSOR_VARIABLE = 2;

    private final Code code;

    ReadCode(Code code) {
        this.code = code;
    }

    /** Calls a method of the cursor that takes bytes and position, and takes over where it ends. */
    void read(String method, Class<?> result) {
        load();
        code.call(Cursor.class, method, "([BI)" + Type.getDescriptor(result));
        takePosition();
    }

    /** As {@link #read}, with one more parameter, which is a number. */
    void read(String method, int argument, Class<?> result) {
        load();
        code.push(argument);
        code.call(Cursor.class, method, "([BII)" + Type.getDescriptor(result));
        takePosition();
    }

    /** Pushes the cursor, the bytes and the position. */
    void load() {
        loadCursor();
        loadBytes();
        loadPosition();
    }

    /** Pushes what a method of the class has as its first parameters. */
    void loadParameters() {
        loadBytes();
        loadPosition();
        loadCursor();
    }

    void loadCursor() {
        code.load(Kind.OBJECT, CURSOR_VARIABLE);
    }

    void loadBytes() {
        code.load(Kind.OBJECT, BYTES);
    }

    void loadPosition() {
        code.load(Kind.INT, POSITION);
    }

    void storePosition() {
        code.store(Kind.INT, POSITION);
    }

    void advance(int bytes) {
        code.increment(POSITION, bytes);
    }

    /** Takes over the position the cursor was left at. */
    void takePosition() {
        loadCursor();
        code.getField(Cursor.class, "position", "I");
        storePosition();
    }

    /** Leaves the position in the cursor. */
    void givePosition() {
        loadCursor();
        loadPosition();
        code.putField(Cursor.class, "position", "I");
    }

    void enter() {
        loadCursor();
        code.call(Cursor.class, "enter", "()V");
    }

    void leave() {
        loadCursor();
        code.call(Cursor.class, "leave", "()V");
    }

    void skip(int bytes) {
        loadCursor();
        loadPosition();
        code.push(bytes);
        code.call(Cursor.class, "skip", "(II)V");
        takePosition();
    }

    void returnObject() {
        givePosition();
        code.op(Opcodes.ARETURN);
    }
}
