package io.concordat.avro.plan;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Which branch of a union a value belongs to. */
public sealed interface BranchChoice {
    /** No branch. */
    int NONE = -1;

    /** The number of the branch, or {@link #NONE}. */
    int branchOf(@Nullable Object value);

    /** As Avro tells values apart. */
    record ByModel(Schema union, GenericData model) implements BranchChoice {
        @Override
        public int branchOf(@Nullable Object value) {
            try {
                return model.resolveUnion(union, value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
            } catch (AvroRuntimeException e) {
                return NONE;
            }
        }
    }

    /** Null or not null. */
    record ByNull(int ofNull, int ofOthers) implements BranchChoice {
        @Override
        public int branchOf(@Nullable Object value) {
            return value == null ? ofNull : ofOthers;
        }
    }

    /** The first branch whose class the value is an instance of; {@link Void} stands for null. */
    record ByClass(List<Class<?>> classes) implements BranchChoice {
        @Override
        public int branchOf(@Nullable Object value) {
            for (int i = 0; i < classes.size(); i++) {
                if (value == null
                        ? classes.get(i) == Void.class
                        : classes.get(i).isInstance(value)) {
                    return i;
                }
            }
            return NONE;
        }
    }
}
