package io.concordat.avro.interpreter;

import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes an object of an application's class. */
final class ObjectWriting extends RecordWriting {
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

    private final Schema schema;
    private final Class<?> type;
    private final MethodHandle[] getters;

    ObjectWriting(Schema schema, Shape.ObjectShape shape) {
        this.schema = schema;
        type = shape.type();
        getters = shape.properties().stream()
                .map(property -> property.getter().asType(GETTER))
                .toArray(MethodHandle[]::new);
    }

    @Override
    public void write(@Nullable Object value, RecordOutput out) {
        if (!type.isInstance(value)) {
            throw new Misfit("expected " + type.getName() + " for record " + schema.getFullName() + ", found "
                    + Found.name(value));
        }
        out.enter();
        for (Field field : fields) {
            int source = field.plan().source();
            if (source >= 0) {
                field.write(get(value, source, field), out);
            } else {
                writeDefault(field, out);
            }
        }
        out.leave();
    }

    private @Nullable Object get(@Nullable Object value, int source, Field field) {
        try {
            return getters[source].invokeExact(value);
        } catch (Throwable e) {
            throw Misfit.ofClass(type, e).inField(field.plan().name());
        }
    }

    private static void writeDefault(Field field, RecordOutput out) {
        if (!field.plan().field().hasDefaultValue()) {
            throw new Misfit("the object has no such property, and the field has no default")
                    .inField(field.plan().name());
        }
        byte[] bytes = field.plan().defaultBytes();
        out.write(bytes, 0, bytes.length);
    }
}
