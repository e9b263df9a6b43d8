package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.objectweb.asm.Opcodes;

/** A general-purpose record. */
record GenericTarget(Schema schema) implements FilledRecordEmitter.Target {
    @Override
    public void make(Code code) {
        code.newObject(GenericData.Record.class);
        code.op(Opcodes.DUP);
        code.constant(schema, Schema.class);
        code.construct(GenericData.Record.class, "(" + Schema.class.descriptorString() + ")V");
    }

    @Override
    public Class<?> variableType() {
        return GenericData.Record.class;
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
        code.call(GenericData.Record.class, "put", "(ILjava/lang/Object;)V");
    }
}
