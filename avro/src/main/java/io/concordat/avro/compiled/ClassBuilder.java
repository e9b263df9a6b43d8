package io.concordat.avro.compiled;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A hidden class that is being written: static methods, and the objects they use as constants. Nothing but its own methods
 * can name it, so it goes when the last object of it does.
 */
final class ClassBuilder {
    private static final int MAX_METHODS = 5_000;

    private static final Handle CLASS_DATA = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(MethodHandles.class),
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    private final String name;
    private final ClassWriter writer;
    private final List<Object> constants = new ArrayList<>();
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private int methods;

    /**
     * Begins a class.
     *
     * @param kind the simple name it shows in stack traces
     * @param contract the interface it implements
     */
    ClassBuilder(String kind, Class<?> contract) {
        name = Type.getInternalName(ClassBuilder.class).replace("ClassBuilder", kind);
        writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String one, String other) {
                return "java/lang/Object"; // No two classes are ever merged where it matters.
            }
        };
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(
                Opcodes.V17, access, name, null, "java/lang/Object", new String[] {Type.getInternalName(contract)});
        constructor();
    }

    private void constructor() {
        MethodVisitor method = writer.visitMethod(0, "<init>", "()V", null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    String name() {
        return name;
    }

    ConstantDynamic constant(Object value, Class<?> type) {
        Integer number = numbers.get(value);
        if (number == null) {
            number = constants.size();
            constants.add(value);
            numbers.put(value, number);
        }
        return new ConstantDynamic("_", Type.getDescriptor(type), CLASS_DATA, number);
    }

    /** A name no other method has. */
    String newName(String prefix) {
        methods++;
        if (methods > MAX_METHODS) {
            throw new TooLargeException();
        }
        return prefix + methods;
    }

    /** Adds a static method whose code is written later, when the one that is being written is done. */
    void method(String methodName, String descriptor, Consumer<Code> body) {
        open.add(() -> write(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, methodName, descriptor, body));
    }

    /** Adds the method of the interface; its first parameter is number 1. */
    void contract(String methodName, String descriptor, Consumer<Code> body) {
        open.add(() -> write(Opcodes.ACC_PUBLIC, methodName, descriptor, body));
    }

    private void write(int access, String methodName, String descriptor, Consumer<Code> body) {
        MethodVisitor method = writer.visitMethod(access, methodName, descriptor, null, null);
        method.visitCode();
        int receiver = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        int slots = receiver;
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            slots += parameter.getSize();
        }
        Code code = new Code(this, method, slots);
        body.accept(code);
        code.end();
    }

    /**
     * Defines the class and makes its one object.
     *
     * @throws ReflectiveOperationException if the JVM does not let us
     */
    Object build() throws ReflectiveOperationException {
        for (Runnable next = open.poll(); next != null; next = open.poll()) {
            next.run();
        }
        writer.visitEnd();
        Lookup hidden = MethodHandles.lookup()
                .defineHiddenClassWithClassData(writer.toByteArray(), List.copyOf(constants), true);
        return hidden.lookupClass().getDeclaredConstructor().newInstance();
    }

    /** The plan is larger than is worth compiling. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("more than " + MAX_METHODS + " methods", null, false, false);
        }
    }
}
