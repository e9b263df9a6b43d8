package io.concordat.avro.compiled;

import io.concordat.avro.plan.WriteNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** General-purpose records of one schema. */
record GenericSource(Schema schema) implements WriteRecordEmitter.Source {
    @Override
    public void test(Code code) {
        int value = code.newVariable(Kind.OBJECT);
        code.store(Kind.OBJECT, value);
        code.constant(new SchemaMatch(schema), SchemaMatch.class);
        code.load(Kind.OBJECT, value);
        code.call(SchemaMatch.class, "holds", "(Ljava/lang/Object;)Z");
    }

    @Override
    public Kind get(Code code, WriteNode.Field field) {
        code.load(Kind.OBJECT, WriteCode.VALUE);
        code.cast(GenericData.Record.class);
        code.push(field.source());
        code.call(GenericData.Record.class, "get", "(I)Ljava/lang/Object;");
        return Kind.OBJECT;
    }

    @Override
    public boolean has(WriteNode.Field field) {
        return true;
    }
}
