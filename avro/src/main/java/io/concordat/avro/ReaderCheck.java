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
    private static final int MAX_DEPTH = SchemaGraph.MAX_DEPTH + 100;
    private static final int MAX_COMPARISONS = 5_000_000;
    private static final int MAX_PAIRS = 250_000;
    private static final int MAX_FINDINGS = 1_000;

    private static final String TOO_DEEP =
            "The schemas nest more than " + MAX_DEPTH + " levels deep when read together";

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

    private enum Rule {
        NAME_MISMATCH,
        FIXED_SIZE_MISMATCH,
        MISSING_ENUM_SYMBOLS,
        READER_FIELD_MISSING_DEFAULT_VALUE,
        TYPE_MISMATCH,
        MISSING_UNION_BRANCH
    }

    /** A reason before it is put into words: most of them only tell that one branch of a union is not the right one. */
    private record Finding(Rule rule, @Nullable Path path, String details, Schema reader, Schema writer) {}

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(String message) {
            super(message, null, false, false);
        }
    }

    private final Direction direction;
    private final Map<Twosome, List<Finding>> known = new HashMap<>();
    private int comparisons;
    private int depth;

    private ReaderCheck(Direction direction) {
        this.direction = direction;
    }

    static List<Incompatibility> incompatibilities(Schema reader, Schema writer, Direction direction) {
        try {
            ReaderCheck check = new ReaderCheck(direction);
            return check.compare(reader, writer, null).stream()
                    .limit(MAX_FINDINGS)
                    .map(check::print)
                    .toList();
        } catch (GivenUp e) {
            return givenUp(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            // A caller with little stack left gets the answer of one level too many, not an error.
            return givenUp(TOO_DEEP);
        }
    }

    private static List<Incompatibility> givenUp(String why) {
        return List.of(new Incompatibility(
                "NOT_COMPARABLE", "/", GIVEN_UP + why, "", "", "Simplify the schema until it can be compared."));
    }

    private List<Finding> compare(Schema reader, Schema writer, @Nullable Path path) {
        boolean named = isNamed(reader) && isNamed(writer);
        Twosome pair = new Twosome(reader, writer);
        List<Finding> findings = named ? known.get(pair) : null;
        if (findings != null) {
            return findings;
        }
        count();
        if (named) {
            known.put(pair, List.of()); // Within itself, a type is compatible unless something else says no.
        }
        depth++;
        findings =
                reader.getType() == writer.getType() ? sameType(reader, writer, path) : otherType(reader, writer, path);
        depth--;
        if (named) {
            known.put(pair, findings);
        }
        return findings;
    }

    private void count() {
        comparisons++;
        if (comparisons > MAX_COMPARISONS || known.size() >= MAX_PAIRS) {
            throw new GivenUp("The schemas have too many types to compare");
        }
        if (depth >= MAX_DEPTH) {
            throw new GivenUp(TOO_DEEP);
        }
    }

    private static boolean isNamed(Schema schema) {
        Schema.Type type = schema.getType();
        return type == Schema.Type.RECORD || type == Schema.Type.ENUM || type == Schema.Type.FIXED;
    }

    private List<Finding> sameType(Schema reader, Schema writer, @Nullable Path path) {
        return switch (reader.getType()) {
            case ARRAY -> compare(reader.getElementType(), writer.getElementType(), new Path(path, "items"));
            case MAP -> compare(reader.getValueType(), writer.getValueType(), new Path(path, "values"));
            case UNION -> unions(reader, writer, path);
            case RECORD -> records(reader, writer, path);
            case ENUM, FIXED -> {
                List<Finding> findings = new ArrayList<>();
                checkNames(reader, writer, path, findings);
                if (reader.getType() == Schema.Type.ENUM) {
                    checkSymbols(reader, writer, new Path(path, "symbols"), findings);
                } else {
                    checkSize(reader, writer, new Path(path, "size"), findings);
                }
                yield findings;
            }
            default -> List.of();
        };
    }

    private static void checkNames(Schema reader, Schema writer, @Nullable Path path, List<Finding> findings) {
        if (!reader.getName().equals(writer.getName()) && !reader.getAliases().contains(writer.getFullName())) {
            String details = "expected: " + writer.getFullName();
            findings.add(new Finding(Rule.NAME_MISMATCH, new Path(path, "name"), details, reader, writer));
        }
    }

    private static void checkSize(Schema reader, Schema writer, Path path, List<Finding> findings) {
        if (reader.getFixedSize() != writer.getFixedSize()) {
            String details = "expected: " + writer.getFixedSize() + ", found: " + reader.getFixedSize();
            findings.add(new Finding(Rule.FIXED_SIZE_MISMATCH, path, details, reader, writer));
        }
    }

    private static void checkSymbols(Schema reader, Schema writer, Path path, List<Finding> findings) {
        TreeSet<String> missing = new TreeSet<>(writer.getEnumSymbols());
        missing.removeIf(reader::hasEnumSymbol);
        String fallback = reader.getEnumDefault();
        if (!missing.isEmpty() && (fallback == null || !reader.hasEnumSymbol(fallback))) {
            findings.add(new Finding(Rule.MISSING_ENUM_SYMBOLS, path, missing.toString(), reader, writer));
        }
    }

    private List<Finding> records(Schema reader, Schema writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        checkNames(reader, writer, path, findings);
        Path fields = new Path(path, "fields");
        for (Schema.Field field : reader.getFields()) {
            Path place = new Path(fields, Integer.toString(field.pos()));
            Schema.Field written = writtenField(field, writer);
            if (written != null) {
                add(findings, compare(field.schema(), written.schema(), new Path(place, "type")));
            } else if (!field.hasDefaultValue()) {
                add(findings, missingField(field, reader, writer, place));
            }
        }
        return findings;
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

    private List<Finding> missingField(Schema.Field field, Schema reader, Schema writer, Path path) {
        Schema type = field.schema();
        // An enum's default does not stand in for the field's: Avro compares the enum with the whole record.
        return type.getType() == Schema.Type.ENUM && type.getEnumDefault() != null
                ? compare(type, writer, new Path(path, "type"))
                : List.of(new Finding(Rule.READER_FIELD_MISSING_DEFAULT_VALUE, path, field.name(), reader, writer));
    }

    private List<Finding> unions(Schema reader, Schema writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        List<Schema> branches = writer.getTypes();
        for (int i = 0; i < branches.size(); i++) {
            if (!compare(reader, branches.get(i), null).isEmpty()) {
                add(findings, List.of(missingBranch(reader, branches.get(i), new Path(path, Integer.toString(i)))));
            }
        }
        return findings;
    }

    private List<Finding> otherType(Schema reader, Schema writer, @Nullable Path path) {
        if (writer.getType() == Schema.Type.UNION) {
            return everyBranch(reader, writer, path);
        }
        if (reader.getType() == Schema.Type.UNION) {
            return anyBranch(reader, writer) ? List.of() : List.of(missingBranch(reader, writer, path));
        }
        return isPromotion(reader.getType(), writer.getType())
                ? List.of()
                : List.of(typeMismatch(reader, writer, path));
    }

    private List<Finding> everyBranch(Schema reader, Schema writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
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

    private static Finding typeMismatch(Schema reader, Schema writer, @Nullable Path path) {
        String details = "reader type: " + reader.getType() + " not compatible with writer type: " + writer.getType();
        return new Finding(Rule.TYPE_MISMATCH, path, details, reader, writer);
    }

    private static Finding missingBranch(Schema reader, Schema branch, @Nullable Path path) {
        return new Finding(
                Rule.MISSING_UNION_BRANCH,
                path,
                "reader union lacking writer type: " + branch.getType(),
                reader,
                branch);
    }

    private static void add(List<Finding> findings, List<Finding> more) {
        // Repeated findings would double with every level of a schema made for that.
        int room = MAX_FINDINGS - findings.size();
        findings.addAll(more.size() > room ? more.subList(0, Math.max(0, room)) : more);
    }

    private String describe(Rule rule, String path, String details) {
        String reader = direction.reader();
        String writer = direction.writer();
        return switch (rule) {
            case NAME_MISMATCH -> "The name of the schema has changed (path '" + path + "')";
            case FIXED_SIZE_MISMATCH ->
                "The size of FIXED type field at path '" + path + "' in the " + reader
                        + " schema does not match with the " + writer + " schema";
            case MISSING_ENUM_SYMBOLS ->
                "The " + reader + " schema is missing enum symbols '" + details + "' at path '" + path + "' in the "
                        + writer + " schema";
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "The field '" + details + "' at path '" + path + "' in the " + reader
                        + " schema has no default value and is missing in the " + writer + " schema";
            case TYPE_MISMATCH ->
                "The type (path '" + path + "') of a field in the " + reader + " schema does not match with the "
                        + writer + " schema";
            case MISSING_UNION_BRANCH ->
                "The " + reader + " schema is missing a type inside a union field at path '" + path + "' in the "
                        + writer + " schema";
        };
    }

    private Incompatibility print(Finding finding) {
        String path = Path.print(finding.path());
        String description = describe(finding.rule(), path, finding.details());
        return new Incompatibility(
                finding.rule().name(),
                path,
                "{errorType:'" + finding.rule() + "', description:'" + description + "', additionalInfo:'"
                        + finding.details() + "'}",
                readerPart(finding),
                Fragment.of(finding.writer()),
                direction == Direction.BACKWARD ? adviceToReader(finding) : adviceToWriter(finding));
    }

    private static String readerPart(Finding finding) {
        return finding.rule() == Rule.READER_FIELD_MISSING_DEFAULT_VALUE
                ? Fragment.of(finding.reader().getField(finding.details()))
                : Fragment.of(finding.reader());
    }

    /** What to change in the new schema so that it reads the old records. */
    private static String adviceToReader(Finding finding) {
        return switch (finding.rule()) {
            case NAME_MISMATCH ->
                "Keep the name '" + finding.writer().getFullName() + "', or add it to the aliases of '"
                        + finding.reader().getFullName() + "'.";
            case FIXED_SIZE_MISMATCH -> keepSize(finding.writer());
            case MISSING_ENUM_SYMBOLS ->
                "Keep the symbols " + finding.details() + ", or give the enum a default symbol.";
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "Give the new field '" + finding.details() + "' a default value, or leave it out.";
            case TYPE_MISMATCH -> keepType(finding.writer());
            case MISSING_UNION_BRANCH ->
                "Keep " + finding.writer().getFullName() + " among the types that are possible here.";
        };
    }

    /** What to change in the new schema so that the old one reads its records. */
    private static String adviceToWriter(Finding finding) {
        return switch (finding.rule()) {
            case NAME_MISMATCH ->
                "Keep the name '" + finding.reader().getFullName() + "': the old schema knows no other.";
            case FIXED_SIZE_MISMATCH -> keepSize(finding.reader());
            case MISSING_ENUM_SYMBOLS ->
                "Leave out the symbols " + finding.details() + ": the old enum has no default symbol to read them as.";
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "Keep the field '" + finding.details() + "': the old schema has no default value for it.";
            case TYPE_MISMATCH -> keepType(finding.reader());
            case MISSING_UNION_BRANCH ->
                "Leave out " + finding.writer().getFullName() + ": the old schema does not know it here.";
        };
    }

    private static String keepSize(Schema old) {
        return "Keep the size " + old.getFixedSize() + ", or add a type of another name.";
    }

    private static String keepType(Schema old) {
        return "Keep the type " + Fragment.of(old) + ", or add another field, with a default value, for the new type.";
    }
}
