package io.concordat.avro.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes the nodes for what a reader does not want. */
final class SkipNodes {
    private final ItemCosts costs;
    private final Map<Schema, SkipNode.Record> records = new IdentityHashMap<>();

    SkipNodes(ItemCosts costs) {
        this.costs = costs;
    }

    SkipNode of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> new SkipNode.Size(0);
            case BOOLEAN -> new SkipNode.Size(1);
            case FLOAT -> new SkipNode.Size(Float.BYTES);
            case DOUBLE -> new SkipNode.Size(Double.BYTES);
            case FIXED -> new SkipNode.Size(schema.getFixedSize());
            case INT -> new SkipNode.Varint(false);
            case LONG -> new SkipNode.Varint(true);
            case ENUM -> new SkipNode.Symbol(schema.getEnumSymbols().size());
            case STRING, BYTES -> new SkipNode.Prefixed();
            case UNION ->
                new SkipNode.Union(schema.getTypes().stream().map(this::of).toList());
            case ARRAY ->
                new SkipNode.Items(
                        of(schema.getElementType()),
                        false,
                        costs.ofElement(schema.getElementType(), schema.getElementType()));
            case MAP -> new SkipNode.Items(of(schema.getValueType()), true, costs.ofEntry(schema.getValueType()));
            case RECORD -> record(schema);
        };
    }

    private SkipNode record(Schema schema) {
        SkipNode.Record known = records.get(schema);
        if (known != null) {
            return known;
        }
        SkipNode.Record record = new SkipNode.Record();
        records.put(schema, record); // Before its fields, which may be of the same type.
        List<SkipNode.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new SkipNode.Field(field.name(), of(field.schema())));
        }
        record.set(fields);
        return record;
    }
}
