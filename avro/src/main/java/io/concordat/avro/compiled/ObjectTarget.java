package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** An object of the application's that is made empty and then gets its values. */
final class ObjectTarget implements FilledRecordEmitter.Target {
    private final Shape.ObjectShape shape;
    private final MethodHandle constructor;
    private final @Nullable MethodHandle[] setters;

    ObjectTarget(Shape.ObjectShape shape) {
        this.shape = shape;
        constructor = shape.maker().asType(MethodType.methodType(Object.class));
        setters = new MethodHandle[shape.properties().size()];
    }

    @Override
    public void make(Code code) {
        Handles.call(code, constructor, () -> {});
    }

    @Override
    public Class<?> variableType() {
        return Object.class;
    }

    @Override
    public void prepare(Code code, int variable, ReadNode.Field field) {
        MethodHandle setter = setter(field);
        if (setter != null) {
            code.constant(setter, MethodHandle.class);
            code.load(Kind.OBJECT, variable);
        }
    }

    @Override
    public Kind wanted(ReadNode.Field field) {
        MethodHandle setter = setter(field);
        return setter == null ? Kind.OBJECT : Kind.of(setter.type().parameterType(1));
    }

    @Override
    public void put(Code code, ReadNode.Field field) {
        MethodHandle setter = setter(field);
        if (setter != null) {
            Handles.invoke(code, setter);
        } else {
            code.op(Opcodes.POP);
        }
    }

    private @Nullable MethodHandle setter(ReadNode.Field field) {
        Shape.Property property = shape.properties().get(field.target());
        MethodHandle raw = property.setter();
        if (raw == null) {
            return null;
        }
        MethodHandle known = setters[field.target()];
        if (known == null) {
            Class<?> parameter = Parameters.wanted(property.type(), field.node()).type;
            known = raw.asType(MethodType.methodType(void.class, Object.class, parameter));
            setters[field.target()] = known;
        }
        return known;
    }
}
