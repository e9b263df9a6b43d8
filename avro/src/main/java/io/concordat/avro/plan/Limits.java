package io.concordat.avro.plan;

/**
 * What a record may cost, whatever its bytes claim.
 *
 * @param depth how many records, arrays and maps may stand in each other
 * @param emptyItems how many places may be filled by parts that take no bytes, such as elements of an array of nulls: what
 *     takes bytes is limited by the bytes that are there
 */
public record Limits(int depth, int emptyItems) {
    /** As deep as the deepest schema, and 65,536 places. */
    public static final Limits DEFAULT = new Limits(500, 1 << 16);

    /** No limit may be deeper: what walks values recursively fits into a small stack with it. */
    public static final int DEEPEST = 500;

    public Limits {
        if (depth < 1 || depth > DEEPEST) {
            throw new IllegalArgumentException("a depth of " + depth + " is not within 1 and " + DEEPEST);
        }
        if (emptyItems < 0) {
            throw new IllegalArgumentException("a number of " + emptyItems + " empty items is negative");
        }
    }
}
