package io.concordat.protobuf;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.format.Incompatibility;

/**
 * A reason why a schema cannot read what another one wrote, before it is put into words.
 *
 * @param path such as {@code #/Order/Line/3}
 * @param reader what the reading schema has there, or nothing
 * @param writer what the writing schema has there, or nothing
 */
record Finding(Rule rule, String path, String reader, String writer) {
    /** How much of a declaration is shown. */
    private static final int SHOWN = 300;

    enum Rule {
        PACKAGE_CHANGED,
        MESSAGE_REMOVED,
        FIELD_KIND_CHANGED,
        FIELD_SCALAR_KIND_CHANGED,
        FIELD_NAMED_TYPE_CHANGED,
        FIELD_NUMERIC_LABEL_CHANGED,
        REQUIRED_FIELD_ADDED,
        REQUIRED_FIELD_REMOVED,
        ONEOF_FIELD_REMOVED,
        MULTIPLE_FIELDS_MOVED_TO_ONEOF,
        FIELD_MOVED_TO_EXISTING_ONEOF
    }

    Incompatibility print(Direction direction) {
        String description = description(direction.reader(), direction.writer());
        return new Incompatibility(
                rule.name(),
                path,
                "{errorType:\"" + rule + "\", description:\"" + description + "\"}",
                shortened(reader),
                shortened(writer),
                direction == Direction.BACKWARD ? adviceToReader() : adviceToWriter());
    }

    private String description(String a, String b) {
        String at = "at path '" + path + "' in the " + a + " schema ";
        return switch (rule) {
            case PACKAGE_CHANGED ->
                "The package at '" + path + "' in the " + a + " schema does not match the package in the " + b
                        + " schema";
            case MESSAGE_REMOVED -> missing("MESSAGE type at path", a, b);
            case FIELD_KIND_CHANGED -> "The type of a field " + at + "does not match the " + b + " schema";
            case FIELD_SCALAR_KIND_CHANGED ->
                "The kind of a SCALAR field " + at + "does not match its kind in the " + b + " schema";
            case FIELD_NAMED_TYPE_CHANGED ->
                "The type of a MESSAGE field " + at + "does not match its type in the " + b + " schema";
            case FIELD_NUMERIC_LABEL_CHANGED ->
                "The label for a NUMERIC field " + at + "does not match its label in the " + b + " schema";
            case REQUIRED_FIELD_ADDED -> "A required field  " + at + "is missing in the " + b + " schema";
            case REQUIRED_FIELD_REMOVED -> missing("required field at path:", a, b);
            case ONEOF_FIELD_REMOVED -> missing("oneof field at path", a, b);
            case MULTIPLE_FIELDS_MOVED_TO_ONEOF ->
                "Multiple fields in the oneof " + at + "are outside a oneof in the " + b + " schema";
            case FIELD_MOVED_TO_EXISTING_ONEOF ->
                "A field in the oneof " + at + "is outside an existing oneof in the " + b + " schema";
        };
    }

    private String missing(String what, String a, String b) {
        return "The " + a + " schema is missing a " + what + " '" + path + "' in the " + b + " schema";
    }

    /** What to change in the new schema so that it reads the old records. */
    private String adviceToReader() {
        return switch (rule) {
            case PACKAGE_CHANGED -> writer.isEmpty() ? "Leave the package out." : "Keep '" + shortened(writer) + "'.";
            case MESSAGE_REMOVED -> "Keep the message, even if no field uses it any more.";
            case FIELD_KIND_CHANGED, FIELD_SCALAR_KIND_CHANGED, FIELD_NAMED_TYPE_CHANGED ->
                "Keep '" + shortened(writer) + "', or add another field with another number.";
            case FIELD_NUMERIC_LABEL_CHANGED -> "Keep '" + shortened(writer) + "'.";
            case REQUIRED_FIELD_ADDED ->
                "Make the new field optional: '" + shortened(reader) + "' is missing in old records.";
            case REQUIRED_FIELD_REMOVED -> "Keep '" + shortened(writer) + "'.";
            case ONEOF_FIELD_REMOVED -> "Keep '" + shortened(writer) + "' in its oneof.";
            case MULTIPLE_FIELDS_MOVED_TO_ONEOF ->
                "Leave the fields outside of a oneof: old records may have several of them set.";
            case FIELD_MOVED_TO_EXISTING_ONEOF ->
                "Leave the field outside of the oneof: old records may have it set together with another one.";
        };
    }

    /** What to change in the new schema so that the old one reads its records. */
    private String adviceToWriter() {
        return switch (rule) {
            case PACKAGE_CHANGED -> reader.isEmpty() ? "Leave the package out." : "Keep '" + shortened(reader) + "'.";
            case MESSAGE_REMOVED -> "Leave the message out: the old schema does not know it.";
            case FIELD_KIND_CHANGED, FIELD_SCALAR_KIND_CHANGED, FIELD_NAMED_TYPE_CHANGED ->
                "Keep '" + shortened(reader) + "', or add another field with another number.";
            case FIELD_NUMERIC_LABEL_CHANGED, REQUIRED_FIELD_ADDED -> "Keep '" + shortened(reader) + "'.";
            case REQUIRED_FIELD_REMOVED ->
                "Make '" + shortened(writer) + "' optional: the old schema does not know it.";
            case ONEOF_FIELD_REMOVED ->
                "Leave '" + shortened(writer) + "' out of the oneof: the old schema does not know it there.";
            case MULTIPLE_FIELDS_MOVED_TO_ONEOF, FIELD_MOVED_TO_EXISTING_ONEOF ->
                "Keep the fields in their oneof: the old schema expects one of them at most.";
        };
    }

    private static String shortened(String declaration) {
        return declaration.length() <= SHOWN ? declaration : declaration.substring(0, SHOWN) + "...";
    }
}
