package io.concordat.api;

import java.util.Objects;

/**
 * How a schema is to be registered.
 *
 * @param normalize whether to bring the text into its normal form first
 * @param force whether to skip the compatibility check
 * @param id the id to register it under, which needs {@link Mode#IMPORT}; {@link #ANY_ID} to be given one
 * @param version the version it must become; {@link #NEXT_VERSION} for whatever is next, -1 likewise but then only the
 *     latest version counts as known already
 * @param propagateTags whether the schema takes over the tags of the latest version, where it has the same parts
 * @param spelling in which of the language's spellings the answer has the text, such as {@code serialized}; empty for the
 *     one that is stored
 */
public record RegisterOptions(
        boolean normalize, boolean force, int id, int version, boolean propagateTags, String spelling) {
    public static final int ANY_ID = -1;
    public static final int NEXT_VERSION = 0;

    public static final RegisterOptions DEFAULT = new RegisterOptions(false, false, ANY_ID, NEXT_VERSION);
    public static final RegisterOptions NORMALIZE = new RegisterOptions(true, false, ANY_ID, NEXT_VERSION);

    public RegisterOptions {
        Objects.requireNonNull(spelling, "spelling");
    }

    /** Without tags of earlier versions, and answered with the text as it is stored. */
    public RegisterOptions(boolean normalize, boolean force, int id, int version) {
        this(normalize, force, id, version, false, "");
    }

    /** Whether an id was asked for. */
    public boolean hasId() {
        return id >= 0;
    }
}
