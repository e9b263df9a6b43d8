package io.concordat.api;

/**
 * How a schema is looked up under a subject.
 *
 * @param normalize whether to bring the text into its normal form first
 * @param deleted whether soft-deleted versions count
 */
public record LookupOptions(boolean normalize, boolean deleted) {
    public static final LookupOptions DEFAULT = new LookupOptions(false, false);
}
