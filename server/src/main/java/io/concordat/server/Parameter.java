package io.concordat.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may stand in the query of a request. */
enum Parameter {
    ALIASES("aliases", Kind.FLAG, "List subjects under their aliases too."),
    ASSOCIATION_TYPE("associationType", Kind.TEXT, "`key` or `value`; may be repeated."),
    CASCADE_LIFECYCLE("cascadeLifecycle", Kind.FLAG, "Delete the subjects of strong associations too, softly."),
    CONTEXT("context", Kind.TEXT, "The context of subjects that name none."),
    CONTEXT_PREFIX("contextPrefix", Kind.TEXT, "What the names begin with."),
    DELETED("deleted", Kind.FLAG, "Look at what is soft-deleted too."),
    DELETED_AS_NEGATIVE("deletedAsNegative", Kind.FLAG, "List soft-deleted versions too, below zero."),
    DELETED_ONLY("deletedOnly", Kind.FLAG, "Look only at what is soft-deleted."),
    DEFAULT_TO_GLOBAL("defaultToGlobal", Kind.FLAG, "Answer what is in force, wherever it was set."),
    DRY_RUN("dryRun", Kind.FLAG, "Only say what would be done."),
    EXPLAIN("explain", Kind.FLAG, "Add a verdict for programs to the answer: the member `explain`."),
    FETCH_MAX_ID("fetchMaxId", Kind.FLAG, "Add the highest id of the context."),
    FIND_TAGS("findTags", Kind.TEXT, "Name the tags of the schema's parts: this one, may be repeated, or all for `*`."),
    FORCE("force", Kind.FLAG, "Do it although a check would refuse it."),
    FORMAT(
            "format",
            Kind.TEXT,
            "The spelling of the schema, `resolved` for example; what there is depends on its type."),
    KEY("key", Kind.TEXT, "The name of a metadata property; may be repeated, each with its `value`."),
    LATEST_ONLY("latestOnly", Kind.FLAG, "Only the latest version of each subject."),
    LIFECYCLE("lifecycle", Kind.TEXT, "`STRONG` or `WEAK`; may be repeated."),
    LIMIT("limit", Kind.NUMBER, "How many elements to list at most; as many as there are if it is not positive."),
    NORMALIZE("normalize", Kind.FLAG, "Bring the schema into its normal form first."),
    OFFSET("offset", Kind.COUNT, "How many elements to pass over."),
    PERMANENT("permanent", Kind.FLAG, "Delete for good what is soft-deleted already."),
    RECURSIVE("recursive", Kind.FLAG, "Do it for everything within the context too."),
    REFERENCE_FORMAT(
            "referenceFormat", Kind.TEXT, "How the subjects of references are written: `qualified` with context."),
    RESOURCE_TYPE("resourceType", Kind.TEXT, "What the resource is, such as `topic`."),
    RULE_TYPE("ruleType", Kind.TEXT, "Only versions with a rule of that type."),
    SUBJECT("subject", Kind.TEXT, "A subject that has the schema, or a context: `:.name:`."),
    SUBJECT_PREFIX("subjectPrefix", Kind.TEXT, "What the names begin with; before it `:*:` looks in all contexts."),
    VALUE("value", Kind.TEXT, "The value of the property that `key` names."),
    VERBOSE("verbose", Kind.FLAG, "Say why, and take a schema that is not valid for an incompatible one.");

    private final String text;
    private final Kind kind;
    private final String description;

    Parameter(String text, Kind kind, String description) {
        this.text = text;
        this.kind = kind;
        this.description = description;
    }

    private enum Kind {
        FLAG,
        NUMBER,
        COUNT,
        TEXT
    }

    /** How it is written in a query. */
    String text() {
        return text;
    }

    /** How OpenAPI describes it. */
    Map<String, Object> description() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", text);
        members.put("in", "query");
        members.put("description", description);
        members.put("schema", schema());
        return members;
    }

    private Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (kind) {
            case FLAG -> {
                schema.put("type", "boolean");
                schema.put("default", false);
            }
            case NUMBER -> {
                schema.put("type", "integer");
                schema.put("format", "int32");
            }
            case COUNT -> {
                schema.put("type", "integer");
                schema.put("format", "int32");
                schema.put("minimum", 0);
            }
            case TEXT -> schema.put("type", "string");
        }
        return schema;
    }

    /** Which associations are meant. */
    static List<Parameter> associations() {
        return List.of(RESOURCE_TYPE, ASSOCIATION_TYPE, LIFECYCLE);
    }

    /** The two that every long list takes. */
    static List<Parameter> page() {
        return List.of(OFFSET, LIMIT);
    }
}
