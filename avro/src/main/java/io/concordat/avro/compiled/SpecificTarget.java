package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.RecordShape;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** An object of a generated class: its fields are set where they can be, and put where they cannot. */
final class SpecificTarget implements FilledRecordEmitter.Target {
    private final RecordShape.Specific shape;
    private final SpecificAccess access;
    private final Map<ReadNode.Field, MethodHandle> setters = new HashMap<>();

    SpecificTarget(RecordShape.Specific shape) {
        this.shape = shape;
        access = new SpecificAccess(shape.type());
    }

    @Override
    public void make(Code code) {
        MethodHandle constructor = access.constructor();
        if (constructor != null) {
            Handles.call(code, constructor, () -> {});
        } else {
            code.constant(shape.type(), Class.class);
            code.constant(shape.schema(), Schema.class);
            code.callStatic(
                    SpecificData.class,
                    "newInstance",
                    "(Ljava/lang/Class;" + Schema.class.descriptorString() + ")Ljava/lang/Object;");
        }
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
        } else {
            code.load(Kind.OBJECT, variable);
            code.cast(IndexedRecord.class);
            code.push(field.target());
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
            code.call(IndexedRecord.class, "put", "(ILjava/lang/Object;)V");
        }
    }

    private @Nullable MethodHandle setter(ReadNode.Field field) {
        if (!setters.containsKey(field)) {
            String name = shape.schema().getFields().get(field.target()).name();
            setters.put(field, access.setter(name, JavaTypes.of(field.node())));
        }
        return setters.get(field);
    }
}
