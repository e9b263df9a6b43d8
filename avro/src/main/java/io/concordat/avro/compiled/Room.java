package io.concordat.avro.compiled;

import io.concordat.avro.plan.WriteNode;
import java.util.List;

/** How many bytes values take at most, as far as that is known beforehand. */
final class Room {
    /** Any number of bytes. */
    static final int ANY = -1;

    /** A union's branch: its number takes one byte up to here. */
    static final int SMALL_NUMBERS = 64;

    private static final int LARGEST_FIXED = 64;

    private Room() {}

    static int of(WriteNode node) {
        if (node instanceof WriteNode.Nothing) {
            return 0;
        }
        if (node instanceof WriteNode.Primitive primitive) {
            return switch (primitive.written()) {
                case BOOLEAN -> 1;
                case INT -> Encodings.INT;
                case LONG -> Encodings.LONG;
                case FLOAT -> Float.BYTES;
                case DOUBLE -> Double.BYTES;
            };
        }
        if (node instanceof WriteNode.Symbol) {
            return Encodings.INT;
        }
        if (node instanceof WriteNode.Fixed fixed) {
            int size = fixed.schema().getFixedSize();
            return size > 0 && size <= LARGEST_FIXED ? size : ANY;
        }
        if (node instanceof WriteNode.Converted converted) {
            return of(converted.raw());
        }
        if (node instanceof WriteNode.Logical logical) {
            return of(logical.raw());
        }
        return node instanceof WriteNode.Union union && Weight.isInline(union) ? ofUnion(union) : ANY;
    }

    private static int ofUnion(WriteNode.Union union) {
        int largest = 0;
        for (WriteNode branch : union.branches()) {
            int size = of(branch);
            if (size == ANY) {
                return ANY;
            }
            largest = Math.max(largest, size);
        }
        return 1 + largest;
    }

    /** What the first of these fields take together, up to the first of which it is not known. */
    static int ofRun(List<WriteNode.Field> fields) {
        int sum = 0;
        for (WriteNode.Field field : fields) {
            int size = of(field.node());
            if (size == ANY) {
                break;
            }
            sum += size;
        }
        return sum;
    }
}
