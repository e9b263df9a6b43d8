package io.concordat.server;

import java.util.Map;

/** What a body looks like. The file {@code shapes.json} beside this class has the JSON Schema of each. */
enum Shape {
    ASSOCIATIONS("Associations"),
    ASSOCIATION_BATCH("AssociationBatch"),
    ASSOCIATION_REQUEST("AssociationRequest"),
    ASSOCIATION_RESULT("AssociationResult"),
    /** Several answers in one, each with its own success. */
    ASSOCIATION_RESULTS("AssociationResults"),
    CLUSTER("Cluster"),
    CONFIG("Config"),
    CONFIG_CHANGE("ConfigChange"),
    CONTEXT_IDS("ContextIds"),
    DEPLOYMENT("Deployment"),
    DESCRIPTION("Description"),
    HEALTH("Health"),
    METRICS("Metrics"),
    MODE("Mode"),
    MODE_CHANGE("ModeChange"),
    NAMES("Names"),
    /** No body at all: the status says everything. */
    NONE(""),
    NOTHING("Nothing"),
    NUMBER("Number"),
    NUMBERS("Numbers"),
    REGISTERED("Registered"),
    SCHEMA("Schema"),
    SCHEMA_REQUEST("SchemaRequest"),
    SCHEMA_TEXT("SchemaText"),
    SUBJECT_VERSIONS("SubjectVersions"),
    TAG_CHANGE("TagChange"),
    VERDICT("Verdict"),
    VERSION("Version"),
    VERSIONS("Versions"),
    VERSION_OF_SERVER("VersionOfServer");

    private final String component;

    Shape(String component) {
        this.component = component;
    }

    /** What it is called in the description. */
    String component() {
        return component;
    }

    /** The status that an answer of this shape has. */
    String status() {
        return switch (this) {
            case NONE -> "204";
            case ASSOCIATION_RESULTS -> "207";
            default -> "200";
        };
    }

    Map<String, Object> reference() {
        return Map.of("$ref", "#/components/schemas/" + component);
    }
}
