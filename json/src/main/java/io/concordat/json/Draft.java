package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An edition of JSON Schema. The order is that of their age. */
enum Draft {
    DRAFT_4("draft_4", "http://json-schema.org/draft-04/schema#", "json-schema.org/draft-04/"),
    DRAFT_6("draft_6", "http://json-schema.org/draft-06/schema#", "json-schema.org/draft-06/"),
    DRAFT_7("draft_7", "http://json-schema.org/draft-07/schema#", "json-schema.org/draft-07/"),
    // Not the edition's own address; but what existing serializers register.
    DRAFT_2019_09("draft_2019_09", "http://json-schema.org/draft/2019-09/schema#", "json-schema.org/draft/2019-09/"),
    DRAFT_2020_12("draft_2020_12", "https://json-schema.org/draft/2020-12/schema", "json-schema.org/draft/2020-12/");

    private final String setting;
    private final String uri;
    private final String mark;

    Draft(String setting, String uri, String mark) {
        this.setting = setting;
        this.uri = uri;
        this.mark = mark;
    }

    /** The edition a schema says it is of; draft 7 if it names none, or one that is not known. */
    static Draft of(JsonNode schema) {
        String named = schema.path("$schema").asText();
        for (Draft draft : values()) {
            if (named.contains(draft.mark)) {
                return draft;
            }
        }
        return DRAFT_7;
    }

    /** The edition that a setting names, such as {@code draft_7}. */
    static Optional<Draft> named(String setting) {
        for (Draft draft : values()) {
            if (draft.setting.equals(setting)) {
                return Optional.of(draft);
            }
        }
        return Optional.empty();
    }

    /** Whether an address is that of an edition's own schema, or of a part of it. */
    static boolean isMetaSchema(String uri) {
        for (Draft draft : values()) {
            if (uri.contains(draft.mark)) {
                return true;
            }
        }
        return false;
    }

    boolean isAtLeast(Draft other) {
        return compareTo(other) >= 0;
    }

    /** How settings name it. */
    String setting() {
        return setting;
    }

    /** What derived schemas say they are of. */
    String uri() {
        return uri;
    }

    /** The keyword by which a schema says who it is. */
    String idKeyword() {
        return this == DRAFT_4 ? "id" : "$id";
    }
}
