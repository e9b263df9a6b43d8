package io.concordat.api.format;

import io.concordat.api.SchemaReference;
import java.util.List;

/**
 * A schema that was not found in a registry, and knows itself what it imports: as the schema of a value does whose class was
 * generated. Before it is registered, what it imports has to be, and is to be named by references.
 */
public interface ImportingSchema extends ParsedSchema {
    /** What it imports, in the order of the references to be; empty if it has its references already, or needs none. */
    List<Import> imports();

    /**
     * The same schema, with its imports registered.
     *
     * @param references one for each of the {@link #imports()}
     */
    ImportingSchema withReferences(List<SchemaReference> references);

    /**
     * An imported schema.
     *
     * @param name under which it is imported
     * @param subject where it is to be registered, in the context of what imports it
     * @param mustBeRegistered whether it has to be there already: it is looked up, and never registered
     * @param schema the schema itself, which may import others
     */
    record Import(String name, String subject, boolean mustBeRegistered, ImportingSchema schema) {}
}
