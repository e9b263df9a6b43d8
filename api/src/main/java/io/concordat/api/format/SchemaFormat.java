package io.concordat.api.format;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;

/**
 * A schema language, as far as a registry needs it. Stateless and safe for many threads.
 *
 * <p>Found by {@link java.util.ServiceLoader}, or handed to whoever needs it.
 */
public interface SchemaFormat {
    /** The language. */
    SchemaType type();

    /**
     * Parses a schema.
     *
     * @param schema of this format's type
     * @param references finds what the schema refers to
     * @param strictness what is refused
     * @throws InvalidSchemaException if the text is no schema of this language; the message says where and why
     * @throws io.concordat.api.RegistryException from {@code references}, passed on
     */
    ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness);

    /** What is refused besides what cannot be understood at all. */
    enum Strictness {
        /** A schema that is stored already, or asked for: names in any script, defaults as they are. */
        LENIENT,
        /** A new schema: names and default values must be valid by the language's specification. */
        STRICT
    }
}
