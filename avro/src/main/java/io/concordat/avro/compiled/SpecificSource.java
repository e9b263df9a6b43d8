package io.concordat.avro.compiled;

import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.WriteNode;
import java.lang.invoke.MethodHandle;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Objects of one generated class, with the fields of its own schema. */
final class SpecificSource implements WriteRecordEmitter.Source {
    private final Class<?> type;
    private final Schema own;
    private final SpecificAccess access;

    SpecificSource(RecordShape.Specific shape) {
        type = shape.type();
        own = ((IndexedRecord) SpecificData.newInstance(type, shape.schema())).getSchema();
        access = new SpecificAccess(type);
    }

    @Override
    public void test(Code code) {
        code.constant(type, Class.class);
        code.callStatic(Values.class, "isExactly", "(Ljava/lang/Object;Ljava/lang/Class;)Z");
    }

    @Override
    public boolean has(WriteNode.Field field) {
        return field.in(own) != null;
    }

    @Override
    public Kind get(Code code, WriteNode.Field field) {
        Schema.@Nullable Field inClass = field.in(own);
        if (inClass == null) {
            throw new IllegalArgumentException("There is no field " + field.name() + " in " + type.getName());
        }
        MethodHandle getter = access.getter(inClass.name());
        if (getter != null) {
            Handles.call(code, getter, () -> code.load(Kind.OBJECT, WriteCode.VALUE));
            return Kind.of(getter.type().returnType());
        }
        code.load(Kind.OBJECT, WriteCode.VALUE);
        code.cast(IndexedRecord.class);
        code.push(inClass.pos());
        code.call(IndexedRecord.class, "get", "(I)Ljava/lang/Object;");
        return Kind.OBJECT;
    }
}
