package io.concordat.json;

import io.concordat.json.Node.Listing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares arrays. */
final class ListingCheck {
    private final ReaderCheck check;

    ListingCheck(ReaderCheck check) {
        this.check = check;
    }

    List<Finding> compare(Listing reader, Listing writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        check.bounds(reader.bounds(), writer.bounds(), reader, writer, path, findings);
        if (reader.unique() && !writer.unique()) {
            findings.addAll(check.finding(Rule.UNIQUE_ITEMS_ADDED, new Path(path, "uniqueItems"), reader, writer));
        }
        contains(reader, writer, path, findings);
        rest(reader, writer, path, findings);
        Path items = new Path(path, "items");
        for (int i = 0; i < Math.max(reader.tuple().size(), writer.tuple().size()); i++) {
            item(i, reader, writer, new Path(items, Integer.toString(i)), findings);
        }
        return findings;
    }

    private void contains(Listing reader, Listing writer, @Nullable Path path, List<Finding> findings) {
        Node wanted = reader.contains();
        if (wanted == null) {
            return;
        }
        Node old = writer.contains();
        Path place = new Path(path, "contains");
        boolean needsNone = isZero(reader.bounds().get(Bound.MIN_CONTAINS));
        if (old == null) {
            if (!needsNone) {
                findings.addAll(check.finding(Rule.CONTAINS_ADDED, place, reader, writer));
            }
            return;
        }
        if (!needsNone) {
            ReaderCheck.add(findings, check.compare(wanted, old, place));
        }
        if (reader.bounds().containsKey(Bound.MAX_CONTAINS)) {
            // At most so many of them: then the reader may not count more than the writer did.
            ReaderCheck.add(findings, check.compare(old, wanted, place));
        }
    }

    private static boolean isZero(@Nullable BigDecimal number) {
        return number != null && number.signum() == 0;
    }

    /** What items may be after those that are spoken of one by one. */
    private void rest(Listing reader, Listing writer, @Nullable Path path, List<Finding> findings) {
        boolean all = !reader.isTuple() && !writer.isTuple();
        ReaderCheck.add(findings, all ? all(reader, writer, path) : additional(reader, writer, path));
        ReaderCheck.add(
                findings,
                check.remainder(
                        reader.unevaluated(),
                        writer.unevaluated(),
                        new Path(path, "unevaluatedItems"),
                        Rule.UNEVALUATED_ITEMS_REMOVED,
                        Rule.UNEVALUATED_ITEMS_NARROWED));
    }

    private List<Finding> all(Listing reader, Listing writer, @Nullable Path path) {
        Path place = new Path(path, "items");
        return writer.rest() instanceof Node.Anything && !(reader.rest() instanceof Node.Anything)
                ? check.finding(Rule.SCHEMA_ADDED, place, reader, writer)
                : check.compare(reader.rest(), writer.rest(), place);
    }

    private List<Finding> additional(Listing reader, Listing writer, @Nullable Path path) {
        return check.remainder(
                reader.rest(),
                writer.rest(),
                new Path(path, "additionalItems"),
                Rule.ADDITIONAL_ITEMS_REMOVED,
                Rule.ADDITIONAL_ITEMS_NARROWED);
    }

    private void item(int index, Listing reader, Listing writer, Path path, List<Finding> findings) {
        boolean own = index < reader.tuple().size();
        boolean old = index < writer.tuple().size();
        if (own && old) {
            ReaderCheck.add(
                    findings,
                    check.compare(reader.tuple().get(index), writer.tuple().get(index), path));
        } else if (own) {
            added(reader.tuple().get(index), afterTuple(writer), path, findings);
        } else {
            removed(afterTuple(reader), writer.tuple().get(index), path, findings);
        }
    }

    private static Node afterTuple(Listing listing) {
        return listing.rest() instanceof Node.Anything ? listing.unevaluated() : listing.rest();
    }

    private void added(Node own, Node allowed, Path path, List<Finding> findings) {
        if (allowed instanceof Node.Anything) {
            if (!(own instanceof Node.Anything)) {
                findings.addAll(check.finding(Rule.ITEM_ADDED_TO_OPEN_CONTENT_MODEL, path, own, allowed));
            }
        } else {
            covered(own, allowed, Rule.ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, path, findings);
        }
    }

    private void removed(Node allowed, Node old, Path path, List<Finding> findings) {
        if (allowed instanceof Node.Nothing) {
            if (!(old instanceof Node.Nothing)) {
                findings.addAll(check.finding(Rule.ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL, path, allowed, old));
            }
        } else {
            covered(allowed, old, Rule.ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, path, findings);
        }
    }

    private void covered(Node reader, Node writer, Rule rule, Path path, List<Finding> findings) {
        List<Finding> misfits = check.compare(reader, writer, path);
        ReaderCheck.add(findings, misfits);
        if (!misfits.isEmpty()) {
            findings.addAll(check.finding(rule, path, reader, writer));
        }
    }
}
