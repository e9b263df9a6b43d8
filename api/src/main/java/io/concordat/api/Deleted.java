package io.concordat.api;

/** Whether soft-deleted things are asked for. */
public enum Deleted {
    EXCLUDED,
    INCLUDED,
    ONLY;

    /** Whether a thing in that state is asked for. */
    public boolean accepts(boolean deleted) {
        return this == INCLUDED || deleted == (this == ONLY);
    }
}
