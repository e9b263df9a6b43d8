package io.concordat.avro.interpreter;

import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a record into an object whose constructor takes everything. */
final class ObjectMaking extends RecordReading {
    private final Class<?> type;
    private final MethodHandle maker;
    private final @Nullable Object[] nothing;

    ObjectMaking(Shape.ObjectShape shape) {
        List<Shape.Property> properties = shape.properties();
        type = shape.type();
        maker = shape.maker()
                .asSpreader(Object[].class, properties.size())
                .asType(MethodType.methodType(Object.class, Object[].class));
        nothing = properties.stream().map(property -> Zero.of(property.type())).toArray();
    }

    @Override
    public Object read(RecordInput in) {
        in.enter();
        @Nullable Object[] values = nothing.clone();
        for (Field field : fields) {
            Object value = field.read(in);
            if (field.target() >= 0) {
                values[field.target()] = value;
            }
        }
        in.leave();
        return make(values);
    }

    private Object make(@Nullable Object[] values) {
        try {
            return maker.invokeExact(values);
        } catch (Throwable e) {
            throw Misfit.ofClass(type, e);
        }
    }
}
