package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.RecordCodec;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How values of one schema are written.
 *
 * @param id what stands before the value; null if the schema is named by its GUID alone
 * @param guid what stands in the header, if that is where the schema is named
 * @param subject where the schema is registered; null if only its id or GUID was named
 * @param codec the language
 * @param writer writes the value
 * @param rules what runs on the value and its bytes; null if nothing does
 */
record Encoding(
        @Nullable SchemaId id,
        UUID guid,
        @Nullable Subject subject,
        RecordCodec codec,
        RecordCodec.Writer writer,
        @Nullable WriteRules rules)
        implements Supplier<Encoding> {

    /** Itself: most schemas are written in one way for ever. */
    @Override
    public Encoding get() {
        return this;
    }

    /**
     * The rules of a schema for writing; one of the two at least is not empty.
     *
     * @param onRecord run on the value
     * @param onBytes run on its bytes
     */
    record WriteRules(RuleChain onRecord, RuleChain onBytes) {}
}
