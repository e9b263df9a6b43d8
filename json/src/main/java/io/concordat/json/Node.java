package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema as its keywords mean it. What is equal is not one node: identity counts, since a schema may contain itself.
 *
 * <p>A schema that says several things at once (a type and an enum, say) is all of them, {@link Criterion#ALL_OF}. One that
 * names no type is judged by its keywords: it concerns values of their type and lets all others pass.
 */
sealed interface Node {
    /** The JSON it was read from. */
    JsonNode source();

    /** Every value. */
    record Anything(JsonNode source) implements Node {}

    /** No value. */
    record Nothing(JsonNode source) implements Node {}

    /**
     * A text.
     *
     * @param typed whether it lets nothing pass but texts
     */
    record Text(
            JsonNode source,
            boolean typed,
            Map<Bound, BigDecimal> bounds,
            @Nullable String pattern) implements Node {}

    /**
     * A number.
     *
     * @param typed whether it lets nothing pass but numbers
     * @param integer whether numbers must be whole
     */
    record Numeric(
            JsonNode source,
            boolean typed,
            boolean integer,
            Map<Bound, BigDecimal> bounds,
            @Nullable BigDecimal multipleOf)
            implements Node {}

    /** True and false. */
    record Truth(JsonNode source) implements Node {}

    /** {@code null}. */
    record Null(JsonNode source) implements Node {}

    /** One of some values. */
    record Choice(JsonNode source, List<JsonNode> values) implements Node {}

    /** One value. */
    record Constant(JsonNode source, JsonNode value) implements Node {}

    /**
     * An object.
     *
     * @param typed whether it lets nothing pass but objects
     * @param dependentNames what must be there beside a property
     * @param dependentSchemas what must hold where a property is there
     * @param patterns for properties whose name matches
     * @param additional for properties that are neither named nor match
     * @param unevaluated for those that nothing has looked at
     * @param names for the names of properties
     */
    record Struct(
            JsonNode source,
            boolean typed,
            Map<String, Node> properties,
            Set<String> required,
            Map<String, Set<String>> dependentNames,
            Map<String, Node> dependentSchemas,
            Map<Bound, BigDecimal> bounds,
            Map<String, Node> patterns,
            Node additional,
            Node unevaluated,
            Node names)
            implements Node {}

    /**
     * An array.
     *
     * @param typed whether it lets nothing pass but arrays
     * @param tuple for the first items, one by one
     * @param rest for the items after those, which may be all
     * @param isTuple whether the first items are spoken of, though there may be none
     */
    record Listing(
            JsonNode source,
            boolean typed,
            boolean isTuple,
            List<Node> tuple,
            Node rest,
            Node unevaluated,
            @Nullable Node contains,
            Map<Bound, BigDecimal> bounds,
            boolean unique)
            implements Node {}

    /** How many of several schemas must hold. */
    enum Criterion {
        ALL_OF("allOf"),
        ANY_OF("anyOf"),
        ONE_OF("oneOf");

        private final String keyword;

        Criterion(String keyword) {
            this.keyword = keyword;
        }

        String keyword() {
            return keyword;
        }
    }

    /** Several schemas. */
    record Combined(JsonNode source, Criterion criterion, List<Node> parts) implements Node {}

    /** What a schema does not allow. */
    record Negation(JsonNode source, Node part) implements Node {}

    /** A schema that decides which other one holds. */
    record Conditional(JsonNode source, Node condition, Node then, Node otherwise) implements Node {}

    /** A schema that is not known here. */
    record Unknown(JsonNode source, String name) implements Node {}

    /** A schema by name. */
    final class Reference implements Node {
        private final JsonNode source;
        private final String name;
        private Node target;

        Reference(JsonNode source, String name) {
            this.source = source;
            this.name = name;
            this.target = new Unknown(source, name);
        }

        @Override
        public JsonNode source() {
            return source;
        }

        /** The name as the schema spells it. */
        String name() {
            return name;
        }

        /** What it stands for: no reference again, once the schema is built. */
        Node target() {
            return target;
        }

        /** For who builds the schema only. */
        void resolve(Node newTarget) {
            target = newTarget;
        }
    }
}
