package io.concordat.avro;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.format.Incompatibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a schema cannot read what another one wrote, by the rules of Avro's {@code SchemaCompatibility} and in
 * the words that registries use.
 *
 * <p>Each pair of named types is compared once: where it is met again its first findings are repeated, with their first
 * paths. Depth, number of pairs and number of findings are bounded, since both schemas may come from anybody.
 */
final class ReaderCheck {
    private static final int MAX_DEPTH = 2 * SchemaGraph.MAX_DEPTH;
    private static final int MAX_COMPARISONS = 5_000_000;
    private static final int MAX_PAIRS = 250_000;
    private static final int MAX_FINDINGS = 1_000;

    private static final String GIVEN_UP = "Unexpected exception during compatibility check: ";

    /** A place in a schema; null is its root. */
    private record Path(@Nullable Path parent, String step) {
        static String print(@Nullable Path path) {
            StringBuilder text = new StringBuilder();
            for (Path p = path; p != null; p = p.parent()) {
                text.insert(0, p.step()).insert(0, '/');
            }
            return text.isEmpty() ? "/" : text.toString();
        }
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(String message) {
            super(message, null, false, false);
        }
    }

    private final Direction direction;
    private final Map<Twosome, List<Incompatibility>> known = new HashMap<>();
    private int comparisons;
    private int depth;

    private ReaderCheck(Direction direction) {
        this.direction = direction;
    }

    static List<Incompatibility> incompatibilities(Schema reader, Schema writer, Direction direction) {
        try {
            return List.copyOf(new ReaderCheck(direction).compare(reader, writer, null));
        } catch (GivenUp e) {
            return List.of(new Incompatibility("NOT_COMPARABLE", "/", GIVEN_UP + e.getMessage()));
        }
    }

    private List<Incompatibility> compare(Schema reader, Schema writer, @Nullable Path path) {
        if (!isNamed(reader) || !isNamed(writer)) {
            return compareNow(reader, writer, path);
        }
        Twosome pair = new Twosome(reader, writer);
        List<Incompatibility> findings = known.get(pair);
        if (findings == null) {
            if (known.size() >= MAX_PAIRS) {
                throw new GivenUp("The schemas have too many types to compare");
            }
            known.put(pair, List.of()); // Within itself, a type is compatible unless something else says no.
            findings = compareNow(reader, writer, path);
            known.put(pair, findings);
        }
        return findings;
    }

    private List<Incompatibility> compareNow(Schema reader, Schema writer, @Nullable Path path) {
        comparisons++;
        depth++;
        if (comparisons > MAX_COMPARISONS) {
            throw new GivenUp("The schemas have too many types to compare");
        }
        if (depth > MAX_DEPTH) {
            throw new GivenUp("The schemas nest more than " + MAX_DEPTH + " levels deep when read together");
        }
        List<Incompatibility> findings =
                reader.getType() == writer.getType() ? sameType(reader, writer, path) : otherType(reader, writer, path);
        depth--;
        return findings;
    }

    private static boolean isNamed(Schema schema) {
        Schema.Type type = schema.getType();
        return type == Schema.Type.RECORD || type == Schema.Type.ENUM || type == Schema.Type.FIXED;
    }

    private List<Incompatibility> sameType(Schema reader, Schema writer, @Nullable Path path) {
        return switch (reader.getType()) {
            case ARRAY -> compare(reader.getElementType(), writer.getElementType(), new Path(path, "items"));
            case MAP -> compare(reader.getValueType(), writer.getValueType(), new Path(path, "values"));
            case UNION -> unions(reader, writer, path);
            case FIXED, ENUM, RECORD -> namedTypes(reader, writer, path);
            default -> List.of();
        };
    }

    private List<Incompatibility> namedTypes(Schema reader, Schema writer, @Nullable Path path) {
        List<Incompatibility> findings = new ArrayList<>();
        if (!reader.getName().equals(writer.getName()) && !reader.getAliases().contains(writer.getFullName())) {
            findings.add(nameMismatch(writer, new Path(path, "name")));
        }
        switch (reader.getType()) {
            case FIXED -> checkSize(reader, writer, new Path(path, "size"), findings);
            case ENUM -> checkSymbols(reader, writer, new Path(path, "symbols"), findings);
            default -> checkFields(reader, writer, new Path(path, "fields"), findings);
        }
        return findings;
    }

    private void checkSize(Schema reader, Schema writer, Path path, List<Incompatibility> findings) {
        if (reader.getFixedSize() != writer.getFixedSize()) {
            findings.add(sizeMismatch(reader, writer, path));
        }
    }

    private void checkSymbols(Schema reader, Schema writer, Path path, List<Incompatibility> findings) {
        TreeSet<String> missing = new TreeSet<>(writer.getEnumSymbols());
        missing.removeIf(reader::hasEnumSymbol);
        String fallback = reader.getEnumDefault();
        if (!missing.isEmpty() && (fallback == null || !reader.hasEnumSymbol(fallback))) {
            findings.add(missingSymbols(missing.toString(), path));
        }
    }

    private void checkFields(Schema reader, Schema writer, Path path, List<Incompatibility> findings) {
        for (Schema.Field field : reader.getFields()) {
            Path place = new Path(path, Integer.toString(field.pos()));
            Schema.Field written = writtenField(field, writer);
            if (written != null) {
                add(findings, compare(field.schema(), written.schema(), new Path(place, "type")));
            } else if (!field.hasDefaultValue()) {
                add(findings, missingField(field, writer, place));
            }
        }
    }

    private static Schema.@Nullable Field writtenField(Schema.Field field, Schema writer) {
        Schema.Field found = writer.getField(field.name());
        for (String alias : field.aliases()) {
            Schema.Field other = writer.getField(alias);
            if (other != null && found != null) {
                throw new GivenUp(
                        "Reader record field " + field + " matches multiple fields in writer record schema " + writer);
            }
            found = other != null ? other : found;
        }
        return found;
    }

    private List<Incompatibility> missingField(Schema.Field field, Schema writer, Path path) {
        Schema type = field.schema();
        // An enum's default does not stand in for the field's: Avro compares the enum with the whole record.
        return type.getType() == Schema.Type.ENUM && type.getEnumDefault() != null
                ? compare(type, writer, new Path(path, "type"))
                : List.of(missingDefault(field, path));
    }

    private List<Incompatibility> unions(Schema reader, Schema writer, @Nullable Path path) {
        List<Incompatibility> findings = new ArrayList<>();
        List<Schema> branches = writer.getTypes();
        for (int i = 0; i < branches.size(); i++) {
            if (!compare(reader, branches.get(i), null).isEmpty()) {
                add(findings, List.of(missingBranch(branches.get(i), new Path(path, Integer.toString(i)))));
            }
        }
        return findings;
    }

    private List<Incompatibility> otherType(Schema reader, Schema writer, @Nullable Path path) {
        if (writer.getType() == Schema.Type.UNION) {
            return everyBranch(reader, writer, path);
        }
        if (reader.getType() == Schema.Type.UNION) {
            return anyBranch(reader, writer) ? List.of() : List.of(missingBranch(writer, path));
        }
        return isPromotion(reader.getType(), writer.getType())
                ? List.of()
                : List.of(typeMismatch(reader, writer, path));
    }

    private List<Incompatibility> everyBranch(Schema reader, Schema writer, @Nullable Path path) {
        List<Incompatibility> findings = new ArrayList<>();
        List<Schema> branches = writer.getTypes();
        for (int i = 0; i < branches.size(); i++) {
            add(findings, compare(reader, branches.get(i), new Path(path, Integer.toString(i))));
        }
        return findings;
    }

    private boolean anyBranch(Schema reader, Schema writer) {
        for (Schema branch : reader.getTypes()) {
            if (compare(branch, writer, null).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPromotion(Schema.Type reader, Schema.Type writer) {
        return switch (reader) {
            case LONG -> writer == Schema.Type.INT;
            case FLOAT -> writer == Schema.Type.INT || writer == Schema.Type.LONG;
            case DOUBLE -> writer == Schema.Type.INT || writer == Schema.Type.LONG || writer == Schema.Type.FLOAT;
            case BYTES -> writer == Schema.Type.STRING;
            case STRING -> writer == Schema.Type.BYTES;
            default -> false;
        };
    }

    private static void add(List<Incompatibility> findings, List<Incompatibility> more) {
        // Repeated findings would double with every level of a schema made for that.
        int room = MAX_FINDINGS - findings.size();
        findings.addAll(more.size() > room ? more.subList(0, Math.max(0, room)) : more);
    }

    private static Incompatibility nameMismatch(Schema writer, Path path) {
        String place = Path.print(path);
        return finding(
                "NAME_MISMATCH",
                place,
                "The name of the schema has changed (path '" + place + "')",
                "expected: " + writer.getFullName());
    }

    private Incompatibility sizeMismatch(Schema reader, Schema writer, Path path) {
        String place = Path.print(path);
        return finding(
                "FIXED_SIZE_MISMATCH",
                place,
                "The size of FIXED type field at path '" + place + "' in the " + direction.reader()
                        + " schema does not match with the " + direction.writer() + " schema",
                "expected: " + writer.getFixedSize() + ", found: " + reader.getFixedSize());
    }

    private Incompatibility missingSymbols(String symbols, Path path) {
        String place = Path.print(path);
        return finding(
                "MISSING_ENUM_SYMBOLS",
                place,
                "The " + direction.reader() + " schema is missing enum symbols '" + symbols + "' at path '" + place
                        + "' in the " + direction.writer() + " schema",
                symbols);
    }

    private Incompatibility missingDefault(Schema.Field field, Path path) {
        String place = Path.print(path);
        return finding(
                "READER_FIELD_MISSING_DEFAULT_VALUE",
                place,
                "The field '" + field.name() + "' at path '" + place + "' in the " + direction.reader()
                        + " schema has no default value and is missing in the " + direction.writer() + " schema",
                field.name());
    }

    private Incompatibility typeMismatch(Schema reader, Schema writer, @Nullable Path path) {
        String place = Path.print(path);
        return finding(
                "TYPE_MISMATCH",
                place,
                "The type (path '" + place + "') of a field in the " + direction.reader()
                        + " schema does not match with the " + direction.writer() + " schema",
                "reader type: " + reader.getType() + " not compatible with writer type: " + writer.getType());
    }

    private Incompatibility missingBranch(Schema branch, @Nullable Path path) {
        String place = Path.print(path);
        return finding(
                "MISSING_UNION_BRANCH",
                place,
                "The " + direction.reader() + " schema is missing a type inside a union field at path '" + place
                        + "' in the " + direction.writer() + " schema",
                "reader union lacking writer type: " + branch.getType());
    }

    private static Incompatibility finding(String rule, String path, String description, String details) {
        return new Incompatibility(
                rule,
                path,
                "{errorType:'" + rule + "', description:'" + description + "', additionalInfo:'" + details + "'}");
    }
}
