package io.concordat.avro.interpreter;

import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Reads a record into an object that is made empty and then filled. */
final class ObjectFilling extends RecordReading {
    private static final MethodType MAKER = MethodType.methodType(Object.class);
    private static final MethodType SETTER = MethodType.methodType(void.class, Object.class, Object.class);

    private final Class<?> type;
    private final MethodHandle maker;
    private final @Nullable MethodHandle[] setters;

    ObjectFilling(Shape.ObjectShape shape) {
        type = shape.type();
        maker = shape.maker().asType(MAKER);
        setters = shape.properties().stream()
                .map(Shape.Property::setter)
                .map(setter -> setter == null ? null : setter.asType(SETTER))
                .toArray(MethodHandle[]::new);
    }

    @Override
    public Object read(RecordInput in) {
        in.enter();
        Object object = make();
        for (Field field : fields) {
            Object value = field.read(in);
            MethodHandle setter = field.target() < 0 ? null : setters[field.target()];
            if (setter != null) {
                set(object, field, setter, value);
            }
        }
        in.leave();
        return object;
    }

    private Object make() {
        try {
            return maker.invokeExact();
        } catch (Throwable e) {
            throw Misfit.ofClass(type, e);
        }
    }

    private void set(Object object, Field field, MethodHandle setter, @Nullable Object value) {
        try {
            setter.invokeExact(object, value);
        } catch (Throwable e) {
            throw Misfit.ofClass(type, e).inField(field.name());
        }
    }
}
