package io.concordat.json;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;

/** A change that keeps a schema from reading what another one wrote. */
enum Rule {
    TYPE_CHANGED(Kind.TYPE),
    TYPE_NARROWED(Kind.TYPE),
    COMBINED_TYPE_CHANGED(Kind.TYPE),
    COMBINED_TYPE_SUBSCHEMAS_CHANGED(Kind.TYPE),
    ENUM_ARRAY_CHANGED(Kind.TYPE),
    ENUM_ARRAY_NARROWED(Kind.FEWER),
    SUM_TYPE_NARROWED(Kind.FEWER),
    PRODUCT_TYPE_EXTENDED(Kind.MORE_ELEMENTS),
    NOT_TYPE_EXTENDED(Kind.MORE_ELEMENTS),
    CONDITION_CHANGED(Kind.TYPE),

    MAX_LENGTH_ADDED(Kind.ADDED),
    MAX_LENGTH_DECREASED(Kind.LESS),
    MIN_LENGTH_ADDED(Kind.ADDED),
    MIN_LENGTH_INCREASED(Kind.MORE),
    PATTERN_ADDED(Kind.ADDED),
    PATTERN_CHANGED(Kind.DIFFERENT),

    MAXIMUM_ADDED(Kind.ADDED),
    MAXIMUM_DECREASED(Kind.LESS),
    MINIMUM_ADDED(Kind.ADDED),
    MINIMUM_INCREASED(Kind.MORE),
    EXCLUSIVE_MAXIMUM_ADDED(Kind.ADDED),
    EXCLUSIVE_MAXIMUM_DECREASED(Kind.LESS),
    EXCLUSIVE_MINIMUM_ADDED(Kind.ADDED),
    EXCLUSIVE_MINIMUM_INCREASED(Kind.MORE),
    MULTIPLE_OF_ADDED(Kind.ADDED),
    MULTIPLE_OF_EXPANDED(Kind.MORE),
    MULTIPLE_OF_CHANGED(Kind.DIFFERENT),

    REQUIRED_ATTRIBUTE_ADDED(Kind.ADDED),
    MAX_PROPERTIES_ADDED(Kind.ADDED),
    MAX_PROPERTIES_DECREASED(Kind.LESS),
    MIN_PROPERTIES_ADDED(Kind.ADDED),
    MIN_PROPERTIES_INCREASED(Kind.MORE),
    DEPENDENCY_ARRAY_ADDED(Kind.ADDED),
    DEPENDENCY_ARRAY_EXTENDED(Kind.MORE_ELEMENTS),
    DEPENDENCY_ARRAY_CHANGED(Kind.DIFFERENT),
    DEPENDENCY_SCHEMA_ADDED(Kind.ADDED),
    PROPERTY_NAMES_ADDED(Kind.ADDED),
    ADDITIONAL_PROPERTIES_REMOVED(Kind.ADDED, true),
    ADDITIONAL_PROPERTIES_NARROWED(Kind.FEWER, true),
    UNEVALUATED_PROPERTIES_REMOVED(Kind.ADDED, true),
    UNEVALUATED_PROPERTIES_NARROWED(Kind.FEWER, true),

    REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL(Kind.ADDED_TO_OPEN),
    REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL(Kind.ADDED_TO_OPEN, true),
    OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL(Kind.ADDED_TO_OPEN, true),
    REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL(Kind.REQUIRED_OF_UNOPEN),
    PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL(Kind.REMOVED_FROM_CLOSED, true),
    PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL(Kind.REMOVED_NOT_COVERED, true),
    PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL(Kind.ADDED_NOT_COVERED, true),
    PATTERN_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL(Kind.ADDED_TO_OPEN, true),
    PATTERN_PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL(Kind.REMOVED_FROM_CLOSED, true),

    SCHEMA_ADDED(Kind.UNSAID),
    MAX_ITEMS_ADDED(Kind.ADDED),
    MAX_ITEMS_DECREASED(Kind.LESS),
    MIN_ITEMS_ADDED(Kind.ADDED),
    MIN_ITEMS_INCREASED(Kind.MORE),
    UNIQUE_ITEMS_ADDED(Kind.ADDED),
    CONTAINS_ADDED(Kind.ADDED),
    MAX_CONTAINS_ADDED(Kind.ADDED),
    MAX_CONTAINS_DECREASED(Kind.LESS),
    MIN_CONTAINS_ADDED(Kind.ADDED),
    MIN_CONTAINS_INCREASED(Kind.MORE),
    ADDITIONAL_ITEMS_REMOVED(Kind.ADDED),
    ADDITIONAL_ITEMS_NARROWED(Kind.FEWER),
    UNEVALUATED_ITEMS_REMOVED(Kind.ADDED),
    UNEVALUATED_ITEMS_NARROWED(Kind.FEWER),
    ITEM_ADDED_TO_OPEN_CONTENT_MODEL(Kind.ADDED_TO_OPEN),
    ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL(Kind.REMOVED_FROM_CLOSED),
    ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL(Kind.REMOVED_NOT_COVERED),
    ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL(Kind.ADDED_NOT_COVERED);

    private final Kind kind;
    private final boolean allowedLeniently;

    Rule(Kind kind) {
        this(kind, false);
    }

    Rule(Kind kind, boolean allowedLeniently) {
        this.kind = kind;
        this.allowedLeniently = allowedLeniently;
    }

    /** The rule that a keyword breaks which the writer's schema lacks. */
    static Rule added(Bound bound) {
        return valueOf(bound.name() + "_ADDED");
    }

    /** The rule that a keyword breaks which allows less than in the writer's schema. */
    static Rule tightened(Bound bound) {
        return valueOf(bound.name() + (bound.isUpper() ? "_DECREASED" : "_INCREASED"));
    }

    boolean isForbidden(CompatibilityPolicy policy) {
        return policy == CompatibilityPolicy.STRICT || !allowedLeniently;
    }

    /** What is wrong, in the words that clients know. */
    String describe(String path, Direction direction) {
        return kind.description
                .replace("<a>", direction.reader())
                .replace("<b>", direction.writer())
                .replace("<p>", path);
    }

    /** What to do about it in the new schema. */
    String advice(Direction direction) {
        return direction == Direction.BACKWARD ? kind.adviceToReader : kind.adviceToWriter;
    }

    private enum Kind {
        ADDED(
                "The keyword at path '<p>' in the <a> schema is not present in the <b> schema",
                "Leave the keyword out: what is written already need not follow it.",
                "Keep the keyword: the old schema relies on it."),
        MORE(
                "The value at path '<p>' in the <a> schema is more than its value in the <b> schema",
                "Keep the old value, or a smaller one.",
                "Keep the old value, or a larger one."),
        LESS(
                "The value at path '<p>' in the <a> schema is less than its value in the <b> schema",
                "Keep the old value, or a larger one.",
                "Keep the old value, or a smaller one."),
        DIFFERENT(
                "The value at path '<p>' is different between the <a> and <b> schema",
                "Keep the old value, or leave the keyword out.",
                "Keep the old value."),
        FEWER(
                "An array or combined type at path '<p>' has fewer elements in the <a> schema than the <b> schema",
                "Keep all that the old schema allows here.",
                "Add nothing to what the old schema allows here."),
        MORE_ELEMENTS(
                "An array or combined type at path '<p>' has more elements in the <a> schema than the <b> schema",
                "Leave out what has been added: what is written already need not follow it.",
                "Keep all that the old schema demands here."),
        TYPE(
                "A type at path '<p>' is different between the <a> schema and the <b> schema",
                "Keep the type, allow the old one beside the new one (\"anyOf\"), or add another property for the new one.",
                "Keep the type, or a narrower one, or add another property for the new one."),
        ADDED_TO_OPEN(
                "The <a> schema has an open content model and has a property or item at path '<p>' which is missing in"
                        + " the <b> schema",
                "What is written already may hold anything here. Leave it out, or let the old schema allow nothing else"
                        + " (\"additionalProperties\": false); an optional property passes under the policy LENIENT.",
                "Keep it: the old schema knows it, and the new one lets anything stand there."),
        REQUIRED_OF_UNOPEN(
                "The <a> schema has an unopen content model and has a required property at path '<p>' which is missing"
                        + " in the <b> schema",
                "Do not require the new property, or give it a default.",
                "Keep the property: the old schema requires it."),
        REMOVED_FROM_CLOSED(
                "The <a> has a closed content model and is missing a property or item present at path '<p>' in the <b>"
                        + " schema",
                "Keep it, or allow what is not named (\"additionalProperties\").",
                "Leave it out: the old schema allows nothing that it does not name."),
        REMOVED_NOT_COVERED(
                "A property or item is missing in the <a> schema but present at path '<p>' in the <b> schema and is not"
                        + " covered by its partially open content model",
                "Keep it, or let the schema of what is not named allow it.",
                "Leave it out, or let it be what the old schema allows where it names nothing."),
        ADDED_NOT_COVERED(
                "The <a> schema has a property or item at path '<p>' which is missing in the <b> schema and is not"
                        + " covered by its partially open content model",
                "Let it allow all that the old schema allows where it names nothing.",
                "Keep it, or let what is not named be what the old schema allows there."),
        UNSAID(
                "",
                "Leave the schema of the items out: what is written already need not follow it.",
                "Keep the schema of the items: the old schema relies on it.");

        private final String description;
        private final String adviceToReader;
        private final String adviceToWriter;

        Kind(String description, String adviceToReader, String adviceToWriter) {
            this.description = description;
            this.adviceToReader = adviceToReader;
            this.adviceToWriter = adviceToWriter;
        }
    }
}
