package io.concordat.engine;

import io.concordat.api.Compatibility;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.CompatibilityReport.Reason;
import io.concordat.api.Config;
import io.concordat.api.Deleted;
import io.concordat.api.Metadata;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.ParsedSchema;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.SubjectState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges whether a schema may follow the versions that are there. */
final class CompatibilityChecker {
    /** The metadata property that names fields which must stay unused, separated by commas. */
    private static final String RESERVED = "confluent:reserved";

    /** How much of an old schema a report shows. */
    private static final int SHOWN = 10_240;

    private final SchemaParser parser;

    CompatibilityChecker(SchemaParser parser) {
        this.parser = parser;
    }

    /** Judges a schema as registering would: against the latest version, or all, as the level says. */
    CompatibilityReport check(RegistryView view, ParsedSchema schema, SubjectState subject, Config config) {
        List<RegisteredSchema> versions = new ArrayList<>(subject.rows(Deleted.EXCLUDED));
        config.compatibilityGroup()
                .ifPresent(group -> versions.removeIf(
                        row -> !property(group, row.content()).equals(property(group, schema.content()))));
        boolean transitive = level(config).isTransitive();
        for (int i = versions.size() - 1; i >= 0 && (transitive || i == versions.size() - 1); i--) {
            CompatibilityReport report = check(view, schema, versions.get(i), config);
            if (!report.compatible()) {
                return report;
            }
        }
        return CompatibilityReport.COMPATIBLE;
    }

    /** Judges a schema against one version. */
    CompatibilityReport check(RegistryView view, ParsedSchema schema, RegisteredSchema old, Config config) {
        Findings findings = new Findings(old.version());
        if (config.validateFields().orElse(false)) {
            reservedFields(schema, old.content(), findings);
        }
        boolean lastFound = true;
        for (Direction direction : level(config).directions()) {
            int before = findings.messages.size();
            compare(view, schema, old, direction, config, findings);
            lastFound = findings.messages.size() > before;
        }
        if (findings.messages.isEmpty()) {
            return CompatibilityReport.COMPATIBLE;
        }
        List<String> messages = findings.messages;
        // Existing registries name the old schema only with what the last comparison finds.
        if (lastFound) {
            messages.add("{oldSchemaVersion: " + old.version() + "}");
            messages.add(shown(old.content().text()));
        }
        messages.add("{validateFields: '" + config.validateFields().orElse(false) + "', compatibility: '"
                + level(config) + "'}");
        return new CompatibilityReport(false, messages, findings.reasons);
    }

    /** What speaks against a schema, in words and for programs. */
    private static final class Findings {
        private final int version;
        private final List<String> messages = new ArrayList<>();
        private final List<Reason> reasons = new ArrayList<>();

        Findings(int version) {
            this.version = version;
        }

        void add(Incompatibility found, Direction direction) {
            boolean newReads = direction == Direction.BACKWARD;
            messages.add(found.message());
            reasons.add(new Reason(
                    found.rule(),
                    found.path(),
                    Optional.of(direction),
                    OptionalInt.of(version),
                    newReads ? found.reader() : found.writer(),
                    newReads ? found.writer() : found.reader(),
                    found.advice()));
        }

        void add(String rule, String message, String newPart, String oldPart, String advice) {
            messages.add(message);
            reasons.add(new Reason(rule, "", Optional.empty(), OptionalInt.of(version), newPart, oldPart, advice));
        }
    }

    private void compare(
            RegistryView view,
            ParsedSchema schema,
            RegisteredSchema old,
            Direction direction,
            Config config,
            Findings findings) {
        SchemaType oldType = old.content().type();
        SchemaType newType = schema.content().type();
        if (!oldType.equals(newType)) {
            findings.add(
                    "SCHEMA_TYPE_CHANGED",
                    "Incompatible because of different schema type",
                    newType.name(),
                    oldType.name(),
                    "Keep the schema type " + oldType + ", or register the schema under another subject.");
            return;
        }
        ParsedSchema oldSchema = parser.parse(view, old);
        boolean newReads = direction == Direction.BACKWARD;
        (newReads ? schema : oldSchema)
                .incompatibilitiesWith(
                        newReads ? oldSchema : schema,
                        direction,
                        config.compatibilityPolicy().orElse(CompatibilityPolicy.STRICT))
                .forEach(found -> findings.add(found, direction));
    }

    private static void reservedFields(ParsedSchema schema, SchemaContent old, Findings findings) {
        Set<String> reserved = reserved(schema.content());
        for (String field : reserved(old)) {
            if (!reserved.contains(field)) {
                findings.add(
                        "RESERVED_FIELD_REMOVED",
                        "The new schema has reserved field " + field
                                + " removed from its metadata which is present in the old schema's metadata.",
                        "",
                        field,
                        "Keep '" + field + "' in the metadata property '" + RESERVED + "'.");
            }
        }
        reservedFieldsIn(schema)
                .forEach(field -> findings.add(
                        "RESERVED_FIELD_USED",
                        "The new schema has field that conflicts with the reserved field " + field + ".",
                        field,
                        "",
                        "Give the field '" + field + "' another name: the metadata property '" + RESERVED
                                + "' keeps this one free."));
    }

    /** The fields that have names which the schema's metadata keeps free. */
    static List<String> reservedFieldsIn(ParsedSchema schema) {
        Set<String> reserved = reserved(schema.content());
        return schema.topLevelFields().stream().filter(reserved::contains).toList();
    }

    private static Set<String> reserved(SchemaContent content) {
        return property(RESERVED, content).stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shown(String oldSchema) {
        return oldSchema.length() <= SHOWN
                ? "{oldSchema: '" + oldSchema + "'}"
                : "{oldSchema: <truncated> '" + oldSchema.substring(0, SHOWN) + "...'}";
    }

    private static Optional<String> property(String name, SchemaContent content) {
        return content.metadata().map(Metadata::properties).map(properties -> properties.get(name));
    }

    private static Compatibility level(Config config) {
        return config.compatibility().orElse(Compatibility.BACKWARD);
    }
}
