package io.concordat.api.format;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import java.util.List;
import java.util.Optional;

/** A schema that has been understood. Immutable and safe for many threads. */
public interface ParsedSchema {
    /** The schema with its canonical text: what is stored, hashed and compared. */
    SchemaContent content();

    /** The same schema in its normal form: differences without meaning are gone, the references are sorted. */
    ParsedSchema normalized();

    /** Whether both say the same, although their texts may differ. Metadata and rules are not looked at. */
    boolean isEquivalentTo(ParsedSchema other);

    /**
     * What keeps this schema from reading what another one of the same language wrote.
     *
     * @param writer the schema of the records
     * @param direction which of the two is the new one: decides the words of the messages
     * @param policy how strictly to judge
     * @return every reason; empty if it reads them
     */
    List<Incompatibility> incompatibilitiesWith(ParsedSchema writer, Direction direction, CompatibilityPolicy policy);

    /**
     * The text in one of the language's other spellings.
     *
     * @param spelling such as {@code resolved} or {@code serialized}; an unknown one gives the canonical text
     */
    String text(String spelling);

    /** The full name of what a record of this schema is, as subject names use it; empty if it has none. */
    Optional<String> recordName();

    /** The names of the fields at the top, for checks of reserved names. */
    List<String> topLevelFields();

    /**
     * Requires what registries check of the fields of new schemas on request only ({@code validateFields}).
     *
     * @throws InvalidSchemaException if there is something wrong with them; the message says what
     */
    default void requireValidFields() {}
}
