package io.concordat.avro.compiled;

import io.concordat.avro.plan.Scalar;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What is on top of the JVM's operand stack: a primitive or a reference. */
enum Kind {
    BOOLEAN("Z", Opcodes.ISTORE, Opcodes.ILOAD, 1, boolean.class, Boolean.class),
    INT("I", Opcodes.ISTORE, Opcodes.ILOAD, 1, int.class, Integer.class),
    LONG("J", Opcodes.LSTORE, Opcodes.LLOAD, 2, long.class, Long.class),
    FLOAT("F", Opcodes.FSTORE, Opcodes.FLOAD, 1, float.class, Float.class),
    DOUBLE("D", Opcodes.DSTORE, Opcodes.DLOAD, 2, double.class, Double.class),
    OBJECT("Ljava/lang/Object;", Opcodes.ASTORE, Opcodes.ALOAD, 1, Object.class, Object.class);

    final String descriptor;
    final int store;
    final int load;
    final int slots;
    final Class<?> type;
    final Class<?> boxType;

    Kind(String descriptor, int store, int load, int slots, Class<?> type, Class<?> boxType) {
        this.descriptor = descriptor;
        this.store = store;
        this.load = load;
        this.slots = slots;
        this.type = type;
        this.boxType = boxType;
    }

    static Kind of(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> BOOLEAN;
            case INT -> INT;
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
        };
    }

    /** The kind of a variable; the small whole numbers count as references, since they have to be checked. */
    static Kind of(Class<?> type) {
        for (Kind kind : values()) {
            if (kind.type == type) {
                return kind;
            }
        }
        return OBJECT;
    }

    String boxName() {
        return Type.getInternalName(boxType);
    }
}
