package io.concordat.api.format;

/**
 * One reason why one schema cannot read what another one wrote.
 *
 * @param rule the rule's name, such as {@code TYPE_MISMATCH}
 * @param path where in the schema, in the language's own notation
 * @param message the sentence that clients see
 */
public record Incompatibility(String rule, String path, String message) {}
