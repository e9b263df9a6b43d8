package io.concordat.avro.compiled;

import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WriteNode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** Objects of a class of the application's. */
record ObjectSource(Shape.ObjectShape shape) implements WriteRecordEmitter.Source {
    @Override
    public void test(Code code) {
        int value = code.newVariable(Kind.OBJECT);
        code.store(Kind.OBJECT, value);
        code.constant(shape.type(), Class.class);
        code.load(Kind.OBJECT, value);
        code.call(Class.class, "isInstance", "(Ljava/lang/Object;)Z");
    }

    @Override
    public boolean has(WriteNode.Field field) {
        return field.source() >= 0;
    }

    @Override
    public Kind get(Code code, WriteNode.Field field) {
        Shape.Property property = shape.properties().get(field.source());
        Kind kind = Kind.of(property.type());
        MethodHandle getter = property.getter().asType(MethodType.methodType(kind.type, Object.class));
        Handles.call(code, getter, () -> code.load(Kind.OBJECT, WriteCode.VALUE));
        return kind;
    }
}
