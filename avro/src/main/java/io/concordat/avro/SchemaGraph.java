package io.concordat.avro;

import io.concordat.api.format.InvalidSchemaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** The types a schema is made of, as a graph: a record that names itself is one node. */
final class SchemaGraph {
    /**
     * How deep a schema may nest, following names to their definitions. All that walks schemas recursively, Avro's
     * library included, fits into three quarters of a megabyte of stack with it.
     */
    static final int MAX_DEPTH = 500;

    private record Visit(Schema schema, int depth) {}

    private SchemaGraph() {}

    /** All types reached from a schema, each once, in the order in which the text defines them. */
    static List<Schema> types(Schema root) {
        List<Schema> types = new ArrayList<>();
        Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(root, 1));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (!seen.add(visit.schema())) {
                continue;
            }
            if (visit.depth() > MAX_DEPTH) {
                throw new InvalidSchemaException("The schema nests more than " + MAX_DEPTH + " levels deep");
            }
            types.add(visit.schema());
            List<Schema> children = children(visit.schema());
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(new Visit(children.get(i), visit.depth() + 1));
            }
        }
        return types;
    }

    static void requireBounded(Schema schema) {
        types(schema);
    }

    private static List<Schema> children(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
        };
    }
}
