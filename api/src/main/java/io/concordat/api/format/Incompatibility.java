package io.concordat.api.format;

/**
 * One reason why one schema cannot read what another one wrote.
 *
 * @param rule the rule's name, such as {@code TYPE_MISMATCH}
 * @param path where in the schema, in the language's own notation
 * @param message the sentence that clients see
 * @param reader the part of the reading schema that clashes, shortened; empty if there is nothing to show
 * @param writer the part of the writing schema, likewise
 * @param advice what to do about it, in a sentence; empty if there is none
 */
public record Incompatibility(String rule, String path, String message, String reader, String writer, String advice) {
    /** A reason with nothing more to show. */
    public Incompatibility(String rule, String path, String message) {
        this(rule, path, message, "", "", "");
    }
}
