package io.concordat.avro.plan;

/**
 * How to turn values into bytes of a schema.
 *
 * @param root what to write
 * @param isBare whether the value's bytes are the whole record, without a length
 */
public record WritePlan(WriteNode root, boolean isBare, Limits limits) {
    public WritePlan withLimits(Limits newLimits) {
        return new WritePlan(root, isBare, newLimits);
    }
}
