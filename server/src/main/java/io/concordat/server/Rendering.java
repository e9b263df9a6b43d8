package io.concordat.server;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaTags;
import io.concordat.engine.RegistryReads;
import java.util.Collections;
import java.util.List;

/**
 * How a client wants to see a schema.
 *
 * @param reads what there is to be seen
 * @param format the spelling of its text
 * @param qualified whether its references say the context of their subjects
 * @param tags which tagged parts are named: those with one of these tags, all for {@code *}
 */
record Rendering(RegistryReads reads, String format, boolean qualified, List<String> tags) {
    private static final String ANY_TAG = "*";

    static Rendering of(Request request, RegistryReads reads) {
        return new Rendering(
                reads,
                request.query("format"),
                request.query("referenceFormat").equalsIgnoreCase("qualified"),
                request.queries("findTags"));
    }

    /** As it is stored. */
    static Rendering plain(RegistryReads reads) {
        return new Rendering(reads, "", false, List.of());
    }

    /** Whether it takes parsing. */
    static boolean isLong(Request request) {
        return !request.query("format").isEmpty()
                || (request.mayAsk("findTags") && !request.queries("findTags").isEmpty());
    }

    String text(RegisteredSchema row) {
        return reads.text(row, format);
    }

    List<SchemaReference> references(RegisteredSchema row) {
        List<SchemaReference> references = row.content().references();
        return qualified && !references.isEmpty()
                ? references.stream()
                        .map(reference -> new SchemaReference(
                                reference.name(),
                                row.subject().resolve(reference.subject()).qualified(),
                                reference.version()))
                        .toList()
                : references;
    }

    List<SchemaTags> tagged(RegisteredSchema row) {
        return tags.isEmpty()
                ? List.of()
                : reads.tags(row).stream()
                        .filter(part -> tags.contains(ANY_TAG) || !Collections.disjoint(tags, part.tags()))
                        .toList();
    }
}
