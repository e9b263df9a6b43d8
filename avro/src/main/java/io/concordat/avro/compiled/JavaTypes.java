package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** The classes that the values of nodes are certain to have; {@link Object} where that is not known. */
final class JavaTypes {
    private JavaTypes() {}

    static Class<?> of(ReadNode node) {
        if (node instanceof ReadNode.Primitive primitive) {
            return Kind.of(primitive.read()).type;
        }
        if (node instanceof ReadNode.Text text) {
            return text.isString() ? String.class : Utf8.class;
        }
        if (node instanceof ReadNode.Bytes bytes) {
            return bytes.isArray() ? byte[].class : ByteBuffer.class;
        }
        if (node instanceof ReadNode.Fixed) {
            return GenericData.Fixed.class;
        }
        if (node instanceof ReadNode.SpecificFixed fixed) {
            return fixed.type();
        }
        if (node instanceof ReadNode.Array) {
            return List.class;
        }
        if (node instanceof ReadNode.Entries) {
            return HashMap.class;
        }
        if (node instanceof ReadNode.Converted converted) {
            return converted.converter().type();
        }
        return ofParts(node);
    }

    private static Class<?> ofParts(ReadNode node) {
        if (node instanceof ReadNode.Record record) {
            return ofRecord(record.shape());
        }
        if (node instanceof ReadNode.Symbol symbol) {
            return ofConstants(symbol.values());
        }
        if (node instanceof ReadNode.Union union) {
            return common(union.branches().stream()
                    .filter(branch -> !(branch instanceof ReadNode.Nothing || branch instanceof ReadNode.Unreadable))
                    .<Class<?>>map(branch -> boxed(of(branch)))
                    .toList());
        }
        return node instanceof ReadNode.Default defaulted ? of(defaulted.value()) : Object.class;
    }

    private static Class<?> ofRecord(RecordShape shape) {
        if (shape instanceof RecordShape.Specific specific) {
            return specific.type();
        }
        return shape instanceof Shape.ObjectShape object ? object.type() : GenericData.Record.class;
    }

    private static Class<?> ofConstants(List<@Nullable Object> constants) {
        List<Class<?>> types = new ArrayList<>();
        for (Object constant : constants) {
            if (constant != null) {
                types.add(constant instanceof Enum<?> value ? value.getDeclaringClass() : constant.getClass());
            }
        }
        return common(types);
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? Kind.of(type).boxType : type;
    }

    private static Class<?> common(List<Class<?>> types) {
        return types.stream().distinct().count() == 1 ? types.get(0) : Object.class;
    }
}
