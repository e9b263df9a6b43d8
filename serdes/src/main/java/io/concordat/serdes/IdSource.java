package io.concordat.serdes;

/** Where a message that is read is taken to name its schema. */
public enum IdSource {
    /** In a header if there is one, else before the record. */
    HEADER_OR_PREFIX,

    /** Before the record, whatever the headers say. */
    PREFIX
}
