package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of a schema stands, as far as its references are concerned.
 *
 * @param draft the edition of the document
 * @param document the whole document
 * @param resource the innermost schema around it that says who it is, or the document
 * @param base what relative addresses are relative to
 */
record Scope(Draft draft, JsonNode document, JsonNode resource, URI base) {
    /** The base of a document that does not say who it is: addresses that stand for names. */
    static final URI NAMES = URI.create("schema:/");

    static Scope of(JsonNode document, URI base) {
        Draft draft = Draft.of(document);
        return new Scope(draft, document, document, base).within(document);
    }

    /** The scope of a part of this one. */
    Scope within(JsonNode part) {
        String id = id(part);
        if (id == null || id.startsWith("#")) {
            return this;
        }
        URI own = resolve(id);
        return own == null ? this : new Scope(draft, document, part, own);
    }

    /** What a schema calls itself, or null. */
    @Nullable
    String id(JsonNode schema) {
        JsonNode id = schema.get(draft.idKeyword());
        return id != null && id.isTextual() ? id.textValue() : null;
    }

    /** An address in full, without a fragment, or null if it is none. */
    @Nullable
    URI resolve(String address) {
        try {
            int fragment = address.indexOf('#');
            return base.resolve(fragment < 0 ? address : address.substring(0, fragment));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
