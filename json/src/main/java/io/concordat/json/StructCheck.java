package io.concordat.json;

import io.concordat.json.Node.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares objects. What becomes of a property that only one of them names depends on what the other allows there. */
final class StructCheck {
    private final ReaderCheck check;
    private final Map<String, Regex> expressions = new HashMap<>();

    StructCheck(ReaderCheck check) {
        this.check = check;
    }

    List<Finding> compare(Struct reader, Struct writer, @Nullable Path path) {
        List<Finding> findings = new ArrayList<>();
        required(reader, writer, path, findings);
        dependencies(reader, writer, path, findings);
        check.bounds(reader.bounds(), writer.bounds(), reader, writer, path, findings);
        remainder(reader, writer, path, findings);
        names(reader, writer, path, findings);
        patterns(reader, writer, path, findings);
        Set<String> properties = new LinkedHashSet<>(writer.properties().keySet());
        properties.addAll(reader.properties().keySet());
        for (String property : properties) {
            property(property, reader, writer, new Path(new Path(path, "properties"), property), findings);
        }
        return findings;
    }

    private void required(Struct reader, Struct writer, @Nullable Path path, List<Finding> findings) {
        for (String property : reader.required()) {
            Node own = reader.properties().get(property);
            boolean judgedAsAdded = own != null && !writer.properties().containsKey(property);
            boolean hasDefault = own != null && own.source().has("default");
            if (!writer.required().contains(property) && !judgedAsAdded && !hasDefault) {
                Path place = new Path(new Path(path, "required"), property);
                findings.addAll(check.finding(Rule.REQUIRED_ATTRIBUTE_ADDED, place, reader, writer));
            }
        }
    }

    private void dependencies(Struct reader, Struct writer, @Nullable Path path, List<Finding> findings) {
        Path all = new Path(path, "dependencies");
        reader.dependentNames().forEach((property, names) -> {
            Rule rule = dependency(names, writer.dependentNames().get(property));
            if (rule != null) {
                findings.addAll(check.finding(rule, new Path(all, property), reader, writer));
            }
        });
        reader.dependentSchemas().forEach((property, schema) -> {
            Node old = writer.dependentSchemas().get(property);
            Path place = new Path(all, property);
            ReaderCheck.add(
                    findings,
                    old == null
                            ? check.finding(Rule.DEPENDENCY_SCHEMA_ADDED, place, reader, writer)
                            : check.compare(schema, old, place));
        });
    }

    private static @Nullable Rule dependency(Set<String> names, @Nullable Set<String> old) {
        if (old == null) {
            return Rule.DEPENDENCY_ARRAY_ADDED;
        }
        if (old.containsAll(names)) {
            return null;
        }
        return names.containsAll(old) ? Rule.DEPENDENCY_ARRAY_EXTENDED : Rule.DEPENDENCY_ARRAY_CHANGED;
    }

    /** What properties may be that nothing names. */
    private void remainder(Struct reader, Struct writer, @Nullable Path path, List<Finding> findings) {
        ReaderCheck.add(
                findings,
                check.remainder(
                        reader.additional(),
                        writer.additional(),
                        new Path(path, "additionalProperties"),
                        Rule.ADDITIONAL_PROPERTIES_REMOVED,
                        Rule.ADDITIONAL_PROPERTIES_NARROWED));
        ReaderCheck.add(
                findings,
                check.remainder(
                        reader.unevaluated(),
                        writer.unevaluated(),
                        new Path(path, "unevaluatedProperties"),
                        Rule.UNEVALUATED_PROPERTIES_REMOVED,
                        Rule.UNEVALUATED_PROPERTIES_NARROWED));
    }

    private void names(Struct reader, Struct writer, @Nullable Path path, List<Finding> findings) {
        if (reader.names() instanceof Node.Anything) {
            return;
        }
        Path place = new Path(path, "propertyNames");
        ReaderCheck.add(
                findings,
                writer.names() instanceof Node.Anything
                        ? check.finding(Rule.PROPERTY_NAMES_ADDED, place, reader, writer)
                        : check.compare(reader.names(), writer.names(), place));
    }

    private void patterns(Struct reader, Struct writer, @Nullable Path path, List<Finding> findings) {
        Path all = new Path(path, "patternProperties");
        reader.patterns().forEach((expression, schema) -> {
            Node old = writer.patterns().get(expression);
            Path place = new Path(all, expression);
            ReaderCheck.add(
                    findings,
                    old == null ? patternAdded(schema, remainder(writer), place) : check.compare(schema, old, place));
        });
        writer.patterns().forEach((expression, schema) -> {
            if (!reader.patterns().containsKey(expression)) {
                ReaderCheck.add(findings, patternRemoved(remainder(reader), schema, new Path(all, expression)));
            }
        });
    }

    private List<Finding> patternAdded(Node schema, Node allowed, Path path) {
        if (schema instanceof Node.Anything || allowed instanceof Node.Nothing) {
            return List.of();
        }
        return allowed instanceof Node.Anything
                ? check.finding(Rule.PATTERN_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL, path, schema, allowed)
                : check.compare(schema, allowed, path);
    }

    private List<Finding> patternRemoved(Node allowed, Node schema, Path path) {
        if (allowed instanceof Node.Anything || schema instanceof Node.Nothing) {
            return List.of();
        }
        return allowed instanceof Node.Nothing
                ? check.finding(Rule.PATTERN_PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL, path, allowed, schema)
                : check.compare(allowed, schema, path);
    }

    private void property(String name, Struct reader, Struct writer, Path path, List<Finding> findings) {
        Node own = reader.properties().get(name);
        Node old = writer.properties().get(name);
        if (own == null && old != null) {
            removed(name, reader, old, path, findings);
        } else if (own != null && old == null) {
            added(name, own, reader, writer, path, findings);
        } else if (own != null && old != null) {
            ReaderCheck.add(findings, check.compare(own, old, path));
            for (Node matching : matching(name, reader, writer)) {
                ReaderCheck.add(findings, check.compare(matching, old, path));
            }
        }
    }

    /** What the reader's patterns say of a property besides, as far as the writer's do not say it too. */
    private List<Node> matching(String name, Struct reader, Struct writer) {
        List<Node> matching = new ArrayList<>();
        reader.patterns().forEach((expression, schema) -> {
            if (!writer.patterns().containsKey(expression) && matches(expression, name)) {
                matching.add(schema);
            }
        });
        return matching;
    }

    private void removed(String name, Struct reader, Node old, Path path, List<Finding> findings) {
        if (old instanceof Node.Nothing) {
            return;
        }
        for (Node allowed : allowed(name, reader)) {
            if (allowed instanceof Node.Nothing) {
                findings.addAll(check.finding(Rule.PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL, path, reader, old));
            } else if (!(allowed instanceof Node.Anything)) {
                List<Finding> misfits = check.compare(allowed, old, path);
                ReaderCheck.add(findings, misfits);
                if (!misfits.isEmpty()) {
                    findings.addAll(check.finding(
                            Rule.PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, path, allowed, old));
                }
            }
        }
    }

    private void added(String name, Node own, Struct reader, Struct writer, Path path, List<Finding> findings) {
        boolean required =
                reader.required().contains(name) && !writer.required().contains(name);
        boolean hasDefault = own.source().has("default");
        List<Node> allowed = allowed(name, writer);
        if (allowed.size() == 1 && allowed.get(0) instanceof Node.Anything) {
            if (required || !(own instanceof Node.Anything)) {
                findings.addAll(check.finding(addedToOpen(required, hasDefault), path, own, writer));
            }
            return;
        }
        if (required && !hasDefault) {
            findings.addAll(check.finding(Rule.REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL, path, own, writer));
        }
        List<Finding> misfits = fitsAny(own, allowed, path);
        ReaderCheck.add(findings, misfits);
        if (!misfits.isEmpty()) {
            findings.addAll(check.finding(
                    Rule.PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, path, own, allowed.get(0)));
        }
    }

    private static Rule addedToOpen(boolean required, boolean hasDefault) {
        if (!required) {
            return Rule.OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL;
        }
        return hasDefault
                ? Rule.REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL
                : Rule.REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL;
    }

    /** A value that was written followed all of what was allowed; to be read, it is enough if it followed one. */
    private List<Finding> fitsAny(Node own, List<Node> allowed, Path path) {
        if (allowed.size() > 1 && allowed.stream().anyMatch(schema -> check.fits(own, schema))) {
            return List.of();
        }
        return check.compare(own, allowed.get(0), path);
    }

    /** What an object demands of a property that it does not name: never nothing at all. */
    private List<Node> allowed(String name, Struct struct) {
        List<Node> schemas = new ArrayList<>();
        struct.patterns().forEach((expression, schema) -> {
            if (matches(expression, name)) {
                schemas.add(schema);
            }
        });
        return schemas.isEmpty() ? List.of(remainder(struct)) : schemas;
    }

    private static Node remainder(Struct struct) {
        return struct.additional() instanceof Node.Anything ? struct.unevaluated() : struct.additional();
    }

    private boolean matches(String expression, String name) {
        Regex regex = expressions.get(expression);
        if (regex == null) {
            regex = Regex.of(expression);
            if (regex == null) {
                return false; // Such as a validator would treat it: there is nothing it could match.
            }
            expressions.put(expression, regex);
        }
        return regex.isFoundIn(name);
    }
}
