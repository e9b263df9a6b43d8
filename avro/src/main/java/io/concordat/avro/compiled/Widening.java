package io.concordat.avro.compiled;

import org.objectweb.asm.Opcodes;

/** Writes code that turns one kind of thing on the stack into another. */
final class Widening {
    private Widening() {}

    /** Whether a value of one kind can be given where another is wanted without being checked. */
    static boolean isPossible(Kind from, Kind to) {
        return from == to
                || to == Kind.OBJECT
                || (from == Kind.INT && (to == Kind.LONG || to == Kind.FLOAT || to == Kind.DOUBLE))
                || (from == Kind.LONG && (to == Kind.FLOAT || to == Kind.DOUBLE))
                || (from == Kind.FLOAT && to == Kind.DOUBLE);
    }

    static void emit(Code code, Kind from, Kind to) {
        if (to == Kind.OBJECT) {
            code.box(from);
        } else if (from != to) {
            code.op(widening(from, to));
        }
    }

    private static int widening(Kind from, Kind to) {
        return switch (from) {
            case INT -> to == Kind.LONG ? Opcodes.I2L : to == Kind.FLOAT ? Opcodes.I2F : Opcodes.I2D;
            case LONG -> to == Kind.FLOAT ? Opcodes.L2F : Opcodes.L2D;
            case FLOAT -> Opcodes.F2D;
            default -> throw new IllegalArgumentException(from + " is not widened to " + to);
        };
    }
}
