package io.concordat.avro.compiled;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A static method that is being written. Variables are numbered as the JVM does: parameters first, {@code long} and
 * {@code double} taking two numbers.
 */
final class Code {
    private final ClassBuilder owner;
    private final MethodVisitor method;
    private int nextVariable;

    Code(ClassBuilder owner, MethodVisitor method, int parameterSlots) {
        this.owner = owner;
        this.method = method;
        nextVariable = parameterSlots;
    }

    int newVariable(Kind kind) {
        int variable = nextVariable;
        nextVariable += kind.slots;
        return variable;
    }

    void load(Kind kind, int variable) {
        method.visitVarInsn(kind.load, variable);
    }

    void store(Kind kind, int variable) {
        method.visitVarInsn(kind.store, variable);
    }

    void increment(int variable, int by) {
        if (by <= Short.MAX_VALUE) {
            method.visitIincInsn(variable, by);
        } else {
            load(Kind.INT, variable);
            push(by);
            op(Opcodes.IADD);
            store(Kind.INT, variable);
        }
    }

    void op(int opcode) {
        method.visitInsn(opcode);
    }

    void push(int value) {
        if (value >= -1 && value <= 5) {
            op(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            method.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            method.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    void pushZero(Kind kind) {
        switch (kind) {
            case BOOLEAN, INT -> push(0);
            case LONG -> op(Opcodes.LCONST_0);
            case FLOAT -> op(Opcodes.FCONST_0);
            case DOUBLE -> op(Opcodes.DCONST_0);
            case OBJECT -> op(Opcodes.ACONST_NULL);
        }
    }

    /** Pushes a number or a truth value. */
    void pushPrimitive(Object value) {
        if (value instanceof Boolean bool) {
            push(bool ? 1 : 0);
        } else if (value instanceof Integer number) {
            push(number);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /**
     * Pushes an object of the one who writes the method.
     *
     * @param type one that the JVM's own or this library's class loader knows
     */
    void constant(Object value, Class<?> type) {
        method.visitFieldInsn(Opcodes.GETSTATIC, owner.name(), owner.constant(value, type), type.descriptorString());
    }

    void newObject(Class<?> type) {
        method.visitTypeInsn(Opcodes.NEW, Type.getInternalName(type));
    }

    /** Makes an array of primitives of the length on the stack. */
    void newArray(Class<?> element) {
        int operand = element == boolean.class
                ? Opcodes.T_BOOLEAN
                : element == int.class
                        ? Opcodes.T_INT
                        : element == long.class
                                ? Opcodes.T_LONG
                                : element == float.class ? Opcodes.T_FLOAT : Opcodes.T_DOUBLE;
        method.visitIntInsn(Opcodes.NEWARRAY, operand);
    }

    void construct(Class<?> type, String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(type), "<init>", descriptor, false);
    }

    void cast(Class<?> type) {
        method.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
    }

    void isInstance(Class<?> type) {
        method.visitTypeInsn(Opcodes.INSTANCEOF, Type.getInternalName(type));
    }

    void callStatic(Class<?> type, String name, String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(type), name, descriptor, false);
    }

    void callOwn(String name, String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, owner.name(), name, descriptor, false);
    }

    void call(Class<?> type, String name, String descriptor) {
        int opcode = type.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        method.visitMethodInsn(opcode, Type.getInternalName(type), name, descriptor, type.isInterface());
    }

    void getField(Class<?> type, String name, String descriptor) {
        method.visitFieldInsn(Opcodes.GETFIELD, Type.getInternalName(type), name, descriptor);
    }

    void putField(Class<?> type, String name, String descriptor) {
        method.visitFieldInsn(Opcodes.PUTFIELD, Type.getInternalName(type), name, descriptor);
    }

    void box(Kind kind) {
        if (kind != Kind.OBJECT) {
            String descriptor = "(" + kind.descriptor + ")L" + kind.boxName() + ";";
            method.visitMethodInsn(Opcodes.INVOKESTATIC, kind.boxName(), "valueOf", descriptor, false);
        }
    }

    void jump(int opcode, Label target) {
        method.visitJumpInsn(opcode, target);
    }

    void mark(Label label) {
        method.visitLabel(label);
    }

    void select(Label[] cases, Label otherwise) {
        method.visitTableSwitchInsn(0, cases.length - 1, otherwise, cases);
    }

    void refuse() {
        method.visitFieldInsn(
                Opcodes.GETSTATIC, Type.getInternalName(Refusal.class), "REFUSED", Type.getDescriptor(Refusal.class));
        op(Opcodes.ATHROW);
    }

    void end() {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
