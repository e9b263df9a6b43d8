package io.concordat.serdes;

/** Where a written message names its schema. */
public enum IdPlacement {
    /** Before the record: {@code 00} and the schema's id in four bytes. */
    PREFIX,

    /**
     * In a header of the record, {@code __key_schema_id} or {@code __value_schema_id}: {@code 01} and the schema's GUID in
     * sixteen bytes. Nothing stands before the record itself.
     */
    HEADER
}
