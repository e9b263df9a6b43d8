package io.concordat.api;

/**
 * How a schema is to be registered.
 *
 * @param normalize whether to bring the text into its normal form first
 * @param force whether to skip the compatibility check
 * @param id the id to register it under, which needs {@link Mode#IMPORT}; 0 or -1 to be given one
 * @param version the version it must become; 0 for whatever is next, -1 likewise but only the latest counts as known
 */
public record RegisterOptions(boolean normalize, boolean force, int id, int version) {
    public static final RegisterOptions DEFAULT = new RegisterOptions(false, false, 0, 0);
    public static final RegisterOptions NORMALIZE = new RegisterOptions(true, false, 0, 0);
}
