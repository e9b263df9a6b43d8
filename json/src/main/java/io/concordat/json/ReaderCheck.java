package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.format.Incompatibility;
import io.concordat.json.Node.Criterion;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a schema cannot read what another one wrote, in the words that registries use.
 *
 * <p>Where a pair of schemas is reached by reference it is compared once, and taken to be compatible while that goes on; its
 * findings count wherever it is met again. Depth, comparisons and findings are bounded, since both schemas may come from
 * anybody.
 */
final class ReaderCheck {
    private static final int MAX_DEPTH = 1_500; // Reached where a choice has to be made.
    private static final int DEEP = 300;
    private static final int MAX_COMPARISONS = 1_000_000;
    private static final int MAX_FINDINGS = 1_000;
    private static final int COST_OF_REPEATING = 10;

    private static final String GIVEN_UP = "Unexpected exception during compatibility check: ";
    private static final String TOO_DEEP = "The schemas nest too deeply when read together";

    private final CompatibilityPolicy policy;
    private final Map<Twosome, List<Finding>> known = new HashMap<>();
    private final Set<Twosome> underWay = new HashSet<>();
    private final Set<Twosome> assumed = new HashSet<>();
    private final List<Twosome> settled = new ArrayList<>();
    private final Deque<Later> later = new ArrayDeque<>();
    private final StructCheck structs = new StructCheck(this);
    private final ListingCheck listings = new ListingCheck(this);
    private @Nullable Path base;
    private int choosing;
    private int comparisons;
    private int depth;

    /** A pair of schemas that stands too deep to be compared at once. */
    private record Later(Node reader, Node writer, Path path) {}

    private ReaderCheck(CompatibilityPolicy policy) {
        this.policy = policy;
    }

    static List<Incompatibility> incompatibilities(
            Node reader, Node writer, Direction direction, CompatibilityPolicy policy) {
        try {
            return new ReaderCheck(policy)
                    .all(reader, writer).stream()
                            .limit(MAX_FINDINGS)
                            .map(finding -> finding.print(direction))
                            .toList();
        } catch (GivenUp e) {
            return givenUp(String.valueOf(e.getMessage()));
        } catch (Regex.ExhaustedException e) {
            return givenUp(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            // A caller with little stack left gets the answer of one level too many, not an error.
            return givenUp(TOO_DEEP);
        }
    }

    private static List<Incompatibility> givenUp(String why) {
        return List.of(new Incompatibility(
                "NOT_COMPARABLE", "#/", GIVEN_UP + why, "", "", "Simplify the schema until it can be compared."));
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(String message) {
            super(message, null, false, false);
        }
    }

    // Findings.

    /** Whatever a rule forbids under the policy. */
    List<Finding> finding(Rule rule, @Nullable Path path, Node reader, Node writer) {
        return rule.isForbidden(policy) ? List.of(new Finding(rule, path, reader, writer)) : List.of();
    }

    static void add(List<Finding> findings, List<Finding> more) {
        // Repeated findings would double with every level of a schema made for that.
        int room = MAX_FINDINGS - findings.size();
        findings.addAll(more.size() > room ? more.subList(0, Math.max(0, room)) : more);
    }

    private List<Finding> all(Node reader, Node writer) {
        List<Finding> findings = new ArrayList<>(compare(reader, writer, null));
        for (Later next = later.poll(); next != null && findings.size() < MAX_FINDINGS; next = later.poll()) {
            base = next.path();
            add(findings, below(next.path(), nodes(next.reader(), next.writer(), null)));
        }
        return findings;
    }

    // One schema with another.

    List<Finding> compare(Node reader, Node writer, @Nullable Path path) {
        count();
        depth++;
        List<Finding> findings = reader instanceof Node.Reference || writer instanceof Node.Reference
                ? references(target(reader), target(writer), path)
                : nodes(reader, writer, path);
        depth--;
        return findings;
    }

    private void count() {
        comparisons++;
        if (comparisons > MAX_COMPARISONS) {
            throw new GivenUp("The schemas have too many parts to compare");
        }
        if (depth >= MAX_DEPTH) {
            throw new GivenUp(TOO_DEEP);
        }
    }

    private static Node target(Node node) {
        return node instanceof Node.Reference reference ? reference.target() : node;
    }

    private List<Finding> references(Node reader, Node writer, @Nullable Path path) {
        Twosome pair = new Twosome(reader, writer);
        List<Finding> findings = known.get(pair);
        if (findings != null) {
            return below(path, findings);
        }
        if (underWay.contains(pair)) {
            assumed.add(pair);
            return List.of(); // Within itself, a schema is compatible unless something else says no.
        }
        if (depth > DEEP && choosing == 0 && path != null) {
            // Its findings count in any case, so they may come later; a choice needs to know at once.
            later.add(new Later(reader, writer, Path.join(base, path)));
            known.put(pair, List.of());
            return List.of();
        }
        return below(path, entered(pair, reader, writer, path));
    }

    private List<Finding> entered(Twosome pair, Node reader, Node writer, @Nullable Path path) {
        Path around = base;
        base = path == null ? around : Path.join(around, path);
        int before = settled.size();
        underWay.add(pair);
        List<Finding> findings = nodes(reader, writer, null);
        underWay.remove(pair);
        base = around;
        settle(pair, findings, before);
        return findings;
    }

    /** Whether one schema reads what another one wrote, where not doing so is no finding yet. */
    boolean fits(Node reader, Node writer) {
        choosing++;
        boolean fits = compare(reader, writer, null).isEmpty();
        choosing--;
        return fits;
    }

    /** What was found out under an assumption that has turned out wrong is forgotten. */
    private void settle(Twosome pair, List<Finding> findings, int before) {
        if (assumed.remove(pair) && !findings.isEmpty()) {
            List<Twosome> since = settled.subList(before, settled.size());
            since.forEach(known::remove);
            since.clear();
        }
        known.put(pair, findings);
        settled.add(pair);
    }

    private List<Finding> below(@Nullable Path path, List<Finding> findings) {
        if (path == null || findings.isEmpty()) {
            return findings;
        }
        comparisons += findings.size() * COST_OF_REPEATING;
        return findings.stream()
                .map(finding -> new Finding(
                        finding.rule(),
                        finding.path() == null ? path : Path.join(path, finding.path()),
                        finding.reader(),
                        finding.writer()))
                .toList();
    }

    private List<Finding> nodes(Node reader, Node writer, @Nullable Path path) {
        if (reader instanceof Node.Anything || writer instanceof Node.Nothing) {
            return List.of();
        }
        if (reader instanceof Node.Combined several) {
            return writer instanceof Node.Combined others
                    ? combined(several, others, path)
                    : combinedReader(several, writer, path);
        }
        if (writer instanceof Node.Combined others) {
            return combinedWriter(reader, others, path);
        }
        return single(reader, writer, path);
    }

    private List<Finding> single(Node reader, Node writer, @Nullable Path path) {
        if (reader instanceof Node.Text text && writer instanceof Node.Text other) {
            return texts(text, other, path);
        }
        if (reader instanceof Node.Numeric number && writer instanceof Node.Numeric other) {
            return numbers(number, other, path);
        }
        if (reader instanceof Node.Struct struct && writer instanceof Node.Struct other) {
            return typed(struct.typed(), other.typed(), reader, writer, path, structs.compare(struct, other, path));
        }
        if (reader instanceof Node.Listing listing && writer instanceof Node.Listing other) {
            return typed(listing.typed(), other.typed(), reader, writer, path, listings.compare(listing, other, path));
        }
        if (reader instanceof Node.Choice choice && writer instanceof Node.Choice other) {
            return choices(choice, other, path);
        }
        if (reader instanceof Node.Constant constant && writer instanceof Node.Constant other) {
            return constant.value().equals(other.value())
                    ? List.of()
                    : finding(Rule.ENUM_ARRAY_CHANGED, new Path(path, "const"), reader, writer);
        }
        if (reader instanceof Node.Negation negation && writer instanceof Node.Negation other) {
            return fits(other.part(), negation.part())
                    ? List.of()
                    : finding(Rule.NOT_TYPE_EXTENDED, new Path(path, "not"), reader, writer);
        }
        if (reader instanceof Node.Conditional conditional && writer instanceof Node.Conditional other) {
            return conditionals(conditional, other, path);
        }
        return isSame(reader, writer) ? List.of() : finding(Rule.TYPE_CHANGED, path, reader, writer);
    }

    private static boolean isSame(Node reader, Node writer) {
        if (reader instanceof Node.Unknown one && writer instanceof Node.Unknown other) {
            return one.name().equals(other.name());
        }
        return (reader instanceof Node.Truth && writer instanceof Node.Truth)
                || (reader instanceof Node.Null && writer instanceof Node.Null)
                || (isBytes(reader) && isBytes(writer));
    }

    /** Kafka Connect has written bytes in more than one way. */
    private static boolean isBytes(Node node) {
        return node.source().path("connect.type").asText().equals("bytes");
    }

    private List<Finding> typed(
            boolean reader, boolean writer, Node readerNode, Node writerNode, @Nullable Path path, List<Finding> more) {
        if (!reader || writer) {
            return more;
        }
        List<Finding> findings = new ArrayList<>(finding(Rule.TYPE_NARROWED, path, readerNode, writerNode));
        add(findings, more);
        return findings;
    }

    // Several schemas.

    private List<Finding> combinedReader(Node.Combined reader, Node writer, @Nullable Path path) {
        if (reader.parts().size() == 1) {
            return compare(reader.parts().get(0), writer, path);
        }
        if (reader.criterion() != Criterion.ALL_OF) {
            for (Node part : reader.parts()) {
                if (fits(part, writer)) {
                    return List.of();
                }
            }
        }
        return finding(Rule.TYPE_CHANGED, path, reader, writer);
    }

    private List<Finding> combinedWriter(Node reader, Node.Combined writer, @Nullable Path path) {
        if (writer.parts().size() == 1) {
            return compare(reader, writer.parts().get(0), path);
        }
        if (writer.criterion() == Criterion.ALL_OF) {
            for (Node part : writer.parts()) {
                if (fits(reader, part)) {
                    return List.of();
                }
            }
        }
        return finding(Rule.TYPE_CHANGED, path, reader, writer);
    }

    private List<Finding> combined(Node.Combined reader, Node.Combined writer, @Nullable Path path) {
        if (!mayBecome(reader, writer)) {
            return finding(Rule.COMBINED_TYPE_CHANGED, path, reader, writer);
        }
        List<Finding> findings = new ArrayList<>();
        int more = reader.parts().size() - writer.parts().size();
        if (reader.criterion() == Criterion.ALL_OF && more > 0) {
            findings.addAll(finding(Rule.PRODUCT_TYPE_EXTENDED, path, reader, writer));
        } else if (reader.criterion() != Criterion.ALL_OF && more < 0) {
            findings.addAll(finding(Rule.SUM_TYPE_NARROWED, path, reader, writer));
        }
        int fewer = Math.min(reader.parts().size(), writer.parts().size());
        if (new Matching(
                                reader.parts(),
                                writer.parts(),
                                (one, other) -> compare(one, other, null).isEmpty())
                        .size()
                < fewer) {
            findings.addAll(finding(Rule.COMBINED_TYPE_SUBSCHEMAS_CHANGED, path, reader, writer));
        }
        return findings;
    }

    private static boolean mayBecome(Node.Combined reader, Node.Combined writer) {
        if (reader.criterion() == writer.criterion() || reader.criterion() == Criterion.ANY_OF) {
            return true;
        }
        boolean toOne = reader.parts().size() == 1;
        boolean fromOne = writer.parts().size() == 1;
        return (fromOne && (toOne || reader.criterion() == Criterion.ONE_OF))
                || (toOne && writer.criterion() == Criterion.ALL_OF);
    }

    // Keywords of one type.

    private List<Finding> texts(Node.Text reader, Node.Text writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        bounds(reader.bounds(), writer.bounds(), reader, writer, path, findings);
        String pattern = reader.pattern();
        String old = writer.pattern();
        if (pattern != null && !pattern.equals(old)) {
            Rule rule = old == null ? Rule.PATTERN_ADDED : Rule.PATTERN_CHANGED;
            findings.addAll(finding(rule, new Path(path, "pattern"), reader, writer));
        }
        return typed(reader.typed(), writer.typed(), reader, writer, path, findings);
    }

    private List<Finding> numbers(Node.Numeric reader, Node.Numeric writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        bounds(reader.bounds(), writer.bounds(), reader, writer, path, findings);
        BigDecimal factor = reader.multipleOf();
        if (factor != null) {
            Rule rule = Multiples.ruleOf(factor, writer.multipleOf());
            if (rule != null) {
                findings.addAll(finding(rule, new Path(path, "multipleOf"), reader, writer));
            }
        }
        boolean narrower = reader.integer() && !writer.integer() && writer.typed();
        if (narrower) {
            findings.addAll(finding(Rule.TYPE_NARROWED, path, reader, writer));
        }
        return typed(reader.typed(), writer.typed(), reader, writer, path, findings);
    }

    void bounds(
            Map<Bound, BigDecimal> reader,
            Map<Bound, BigDecimal> writer,
            Node readerNode,
            Node writerNode,
            @Nullable Path path,
            List<Finding> findings) {
        reader.forEach((bound, value) -> {
            BigDecimal old = writer.get(bound);
            boolean tighter = old != null && (bound.isUpper() ? value.compareTo(old) < 0 : value.compareTo(old) > 0);
            if (old == null || tighter) {
                Rule rule = old == null ? Rule.added(bound) : Rule.tightened(bound);
                findings.addAll(finding(rule, new Path(path, bound.keyword()), readerNode, writerNode));
            }
        });
    }

    /** Compares what may be where nothing is named. */
    List<Finding> remainder(Node reader, Node writer, Path path, Rule removed, Rule narrowed) {
        if (reader instanceof Node.Anything || writer instanceof Node.Nothing) {
            return List.of();
        }
        if (reader instanceof Node.Nothing) {
            return finding(removed, path, reader, writer);
        }
        return writer instanceof Node.Anything
                ? finding(narrowed, path, reader, writer)
                : compare(reader, writer, path);
    }

    private List<Finding> choices(Node.Choice reader, Node.Choice writer, @Nullable Path path) {
        Set<JsonNode> values = new HashSet<>(reader.values());
        Set<JsonNode> old = new HashSet<>(writer.values());
        if (values.containsAll(old)) {
            return List.of();
        }
        Rule rule = old.containsAll(values) ? Rule.ENUM_ARRAY_NARROWED : Rule.ENUM_ARRAY_CHANGED;
        return finding(rule, new Path(path, "enum"), reader, writer);
    }

    private List<Finding> conditionals(Node.Conditional reader, Node.Conditional writer, @Nullable Path path) {
        if (!reader.condition().source().equals(writer.condition().source())) {
            return finding(Rule.CONDITION_CHANGED, new Path(path, "if"), reader, writer);
        }
        List<Finding> findings = new ArrayList<>(compare(reader.then(), writer.then(), new Path(path, "then")));
        add(findings, compare(reader.otherwise(), writer.otherwise(), new Path(path, "else")));
        return findings;
    }
}
