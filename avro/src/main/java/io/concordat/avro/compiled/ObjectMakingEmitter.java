package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes code for an object whose constructor takes everything: values wait in variables. */
final class ObjectMakingEmitter extends RecordEmitter {
    /** So many variables a method may have; wider objects get their values by an array. */
    static final int MAX_PROPERTIES = 60;

    private final Shape.ObjectShape shape;
    private final Kind[] kinds;
    private final int[] variables;

    ObjectMakingEmitter(ReaderGenerator generator, Code code, ReadNode.Record node, Shape.ObjectShape shape) {
        super(generator, code, node);
        this.shape = shape;
        List<Shape.Property> properties = shape.properties();
        @Nullable ReadNode[] values = new ReadNode[properties.size()];
        node.fields().stream().filter(ReadNode.Field::isWanted).forEach(field -> values[field.target()] = field.node());
        kinds = new Kind[values.length];
        variables = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            ReadNode value = values[i];
            Class<?> declared = properties.get(i).type();
            kinds[i] = value == null ? Kind.of(declared) : Parameters.wanted(declared, value);
            variables[i] = code.newVariable(kinds[i]);
        }
    }

    @Override
    void emit() {
        for (int i = 0; i < kinds.length; i++) {
            code.pushZero(kinds[i]);
            code.store(kinds[i], variables[i]);
        }
        ReadEmitter values = new ReadEmitter(generator, code);
        for (ReadNode.Field field : node.fields()) {
            if (field.isWanted()) {
                int i = field.target();
                Widening.emit(code, field.node().accept(values), kinds[i]);
                code.store(kinds[i], variables[i]);
            } else {
                pass(generator, code, field);
            }
        }
        Handles.call(code, maker(), this::pushValues);
    }

    private MethodHandle maker() {
        Class<?>[] types = new Class<?>[kinds.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = kinds[i].type;
        }
        return shape.maker().asType(MethodType.methodType(Object.class, types));
    }

    private void pushValues() {
        for (int i = 0; i < kinds.length; i++) {
            code.load(kinds[i], variables[i]);
        }
    }
}
