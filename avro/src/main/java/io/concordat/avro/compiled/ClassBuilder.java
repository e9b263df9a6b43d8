package io.concordat.avro.compiled;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A hidden class that is being written: static methods, and the objects they use as constants. Nothing but its own methods
 * can name it, so it goes when the last object of it does.
 */
final class ClassBuilder {
    private static final int MAX_METHODS = 5_000;
    private static final int MAX_CONSTANTS = 3_000;

    private final String name;
    private final ClassWriter writer;
    private final List<Object> constants = new ArrayList<>();
    private final Map<Object, Map<Class<?>, String>> fields = new IdentityHashMap<>();
    private final List<Class<?>> fieldTypes = new ArrayList<>();
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

    /**
     * The name of the field that holds a constant. Constants of the class file's own kind would do as well, if the JVM's compiler
     * did not give up on methods in which one has not been used yet.
     */
    String constant(Object value, Class<?> type) {
        Map<Class<?>, String> ofValue = fields.computeIfAbsent(value, v -> new HashMap<>());
        String known = ofValue.get(type);
        if (known == null) {
            if (constants.size() == MAX_CONSTANTS) {
                throw new TooLargeException();
            }
            known = "constant" + constants.size();
            constants.add(value);
            fieldTypes.add(type);
            ofValue.put(type, known);
            int access = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_PRIVATE;
            writer.visitField(access, known, type.descriptorString(), null, null)
                    .visitEnd();
        }
        return known;
    }

    /** Takes the constants out of the class data, when the class is first used. */
    private void initializer() {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.visitCode();
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(MethodHandles.class),
                "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;",
                false);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(ClassBuilder.class),
                "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;)Ljava/util/List;",
                false);
        method.visitVarInsn(Opcodes.ASTORE, 0);
        for (int i = 0; i < constants.size(); i++) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitLdcInsn(i);
            method.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/List", "get", "(I)Ljava/lang/Object;", true);
            method.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(fieldTypes.get(i)));
            method.visitFieldInsn(
                    Opcodes.PUTSTATIC, name, "constant" + i, fieldTypes.get(i).descriptorString());
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
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
        initializer();
        writer.visitEnd();
        Lookup hidden = MethodHandles.lookup()
                .defineHiddenClassWithClassData(writer.toByteArray(), List.copyOf(constants), true);
        return hidden.lookupClass().getDeclaredConstructor().newInstance();
    }

    /** What a class was given when it was defined; for the class itself. */
    static List<?> classData(Lookup lookup) throws IllegalAccessException {
        return MethodHandles.classData(lookup, "_", List.class);
    }

    /** The plan is larger than is worth compiling. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("more methods or constants than are worth it", null, false, false);
        }
    }
}
