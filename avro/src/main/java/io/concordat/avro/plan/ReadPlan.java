package io.concordat.avro.plan;

/**
 * How to turn the bytes of one schema into values of another.
 *
 * @param root what to read
 * @param isBare whether the bytes of the whole record are the value, without a length
 * @param isExact whether bytes behind the value are refused
 */
public record ReadPlan(ReadNode root, boolean isBare, boolean isExact, Limits limits) {
    public ReadPlan withLimits(Limits newLimits) {
        return new ReadPlan(root, isBare, isExact, newLimits);
    }

    /** This plan, but bytes behind the value are refused. */
    public ReadPlan exact() {
        return new ReadPlan(root, isBare, true, limits);
    }
}
