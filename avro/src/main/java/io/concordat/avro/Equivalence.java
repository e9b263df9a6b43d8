package io.concordat.avro;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Whether two schemas say the same: equal as Avro sees it, and equal in what Avro does not look at, which is aliases,
 * docs and enum defaults.
 */
final class Equivalence {
    private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Schema> open = new ArrayDeque<>();

    private Equivalence() {}

    static boolean holds(Schema one, Schema other) {
        return one.equals(other) && new Equivalence().holdsBeyondEquality(one, other);
    }

    /** Both have the same shape, so that they are walked side by side. */
    private boolean holdsBeyondEquality(Schema one, Schema other) {
        push(one, other);
        while (!open.isEmpty()) {
            Schema left = open.pop();
            Schema right = open.pop();
            if (seen.add(left) && !sameAttributes(left, right)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameAttributes(Schema left, Schema right) {
        return switch (left.getType()) {
            case RECORD -> sameNamed(left, right) && sameFields(left, right);
            case ENUM -> sameNamed(left, right) && Objects.equals(left.getEnumDefault(), right.getEnumDefault());
            case FIXED -> sameNamed(left, right);
            case UNION -> {
                for (int i = 0; i < left.getTypes().size(); i++) {
                    push(left.getTypes().get(i), right.getTypes().get(i));
                }
                yield true;
            }
            case ARRAY -> {
                push(left.getElementType(), right.getElementType());
                yield true;
            }
            case MAP -> {
                push(left.getValueType(), right.getValueType());
                yield true;
            }
            default -> true;
        };
    }

    private static boolean sameNamed(Schema left, Schema right) {
        return left.getAliases().equals(right.getAliases()) && Objects.equals(left.getDoc(), right.getDoc());
    }

    private boolean sameFields(Schema left, Schema right) {
        List<Schema.Field> lefts = left.getFields();
        List<Schema.Field> rights = right.getFields();
        for (int i = 0; i < lefts.size(); i++) {
            Schema.Field one = lefts.get(i);
            Schema.Field other = rights.get(i);
            if (!one.aliases().equals(other.aliases()) || !Objects.equals(one.doc(), other.doc())) {
                return false;
            }
            push(one.schema(), other.schema());
        }
        return true;
    }

    private void push(Schema left, Schema right) {
        open.push(right);
        open.push(left);
    }
}
