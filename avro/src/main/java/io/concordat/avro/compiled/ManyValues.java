package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** The values of an object with very many properties, in an array until all are there. */
final class ManyValues implements FilledRecordEmitter.Target {
    private final @Nullable Object[] zeros;
    private final MethodHandle maker;

    ManyValues(Shape.ObjectShape shape) {
        zeros = shape.properties().stream()
                .map(Shape.Property::type)
                .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                .toArray();
        maker = shape.maker()
                .asSpreader(Object[].class, zeros.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    @Override
    public void make(Code code) {
        code.constant(zeros, Object[].class);
        code.call(Object[].class, "clone", "()Ljava/lang/Object;");
        code.cast(Object[].class);
    }

    @Override
    public Class<?> variableType() {
        return Object[].class;
    }

    @Override
    public void prepare(Code code, int variable, ReadNode.Field field) {
        code.load(Kind.OBJECT, variable);
        code.push(field.target());
    }

    @Override
    public Kind wanted(ReadNode.Field field) {
        return Kind.OBJECT;
    }

    @Override
    public void put(Code code, ReadNode.Field field) {
        code.op(Opcodes.AASTORE);
    }

    @Override
    public void finish(Code code) {
        int values = code.newVariable(Kind.OBJECT);
        code.store(Kind.OBJECT, values);
        Handles.call(code, maker, () -> code.load(Kind.OBJECT, values));
    }
}
