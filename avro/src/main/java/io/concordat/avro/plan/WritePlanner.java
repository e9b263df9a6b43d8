package io.concordat.avro.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Makes plans for writing. */
public final class WritePlanner {
    private final @Nullable GeneratedClasses classes;
    private final Map<Schema, Map<Object, WriteNode.Record>> records = new IdentityHashMap<>();

    private WritePlanner(@Nullable GeneratedClasses classes) {
        this.classes = classes;
    }

    /**
     * What writes records.
     *
     * @param shape what values look like
     * @param model tells the branches of unions apart and has the conversions of logical types
     */
    public static WritePlan plan(Schema schema, Shape shape, GenericData model) {
        return planned(new WritePlanner(null).node(schema, shape, model));
    }

    /**
     * What writes objects of a generated class.
     *
     * @param type generated from the very schema, so that the classes of its parts can be looked up by their names
     */
    public static WritePlan planOf(Class<? extends SpecificRecordBase> type, Schema schema) {
        GeneratedClasses classes = new GeneratedClasses(type.getClassLoader());
        return planned(new WritePlanner(classes).specificRecord(schema, type));
    }

    private static WritePlan planned(WriteNode root) {
        return new WritePlan(root, root.schema().getType() == Schema.Type.BYTES, Limits.DEFAULT);
    }

    /**
     * What writes a record of another kind than a node expects.
     *
     * @param type the class of the value
     */
    public static WriteNode.Record otherwise(WriteNode.Record node, Class<?> type) {
        WritePlanner planner = new WritePlanner(null);
        return SpecificRecordBase.class.isAssignableFrom(type)
                ? planner.specificRecord(node.schema(), type)
                : planner.genericRecord(node.schema(), GenericData.get());
    }

    private WriteNode node(Schema schema, Shape shape, GenericData model) {
        if (shape instanceof Shape.Converted converted) {
            return new WriteNode.Converted(node(schema, converted.raw(), model), converted.converter());
        }
        WriteNode raw = rawNode(schema, shape, model);
        LogicalType logicalType = schema.getLogicalType();
        return logicalType != null && shape.equals(Shape.AVRO) && model.getConversionFor(logicalType) != null
                ? new WriteNode.Logical(raw, model)
                : raw;
    }

    private WriteNode rawNode(Schema schema, Shape shape, GenericData model) {
        return switch (schema.getType()) {
            case NULL -> new WriteNode.Nothing(schema);
            case BOOLEAN -> new WriteNode.Primitive(schema, Scalar.BOOLEAN);
            case INT -> new WriteNode.Primitive(schema, Scalar.INT);
            case LONG -> new WriteNode.Primitive(schema, Scalar.LONG);
            case FLOAT -> new WriteNode.Primitive(schema, Scalar.FLOAT);
            case DOUBLE -> new WriteNode.Primitive(schema, Scalar.DOUBLE);
            case STRING -> new WriteNode.Text(schema);
            case BYTES -> new WriteNode.Bytes(schema);
            case FIXED -> new WriteNode.Fixed(schema);
            case ENUM -> new WriteNode.Symbol(schema, numbers(schema, shape));
            case ARRAY -> new WriteNode.Array(schema, node(schema.getElementType(), ofItems(shape), model));
            case MAP -> new WriteNode.Entries(schema, node(schema.getValueType(), ofItems(shape), model));
            case UNION -> union(schema, shape, model);
            case RECORD -> record(schema, shape, model);
        };
    }

    private static SymbolNumbers numbers(Schema schema, Shape shape) {
        return shape instanceof Shape.Symbols symbols
                ? SymbolNumbers.of(schema, symbols.symbols())
                : SymbolNumbers.of(schema);
    }

    private static Shape ofItems(Shape shape) {
        return shape instanceof Shape.Items items ? items.items() : Shape.AVRO;
    }

    private WriteNode union(Schema schema, Shape shape, GenericData model) {
        List<Schema> types = schema.getTypes();
        List<WriteNode> branches = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Shape ofBranch =
                    shape instanceof Shape.Branches all ? all.branches().get(i).shape() : shape;
            branches.add(node(types.get(i), ofBranch, model));
        }
        return new WriteNode.Union(schema, List.copyOf(branches), choice(schema, shape, model));
    }

    private static BranchChoice choice(Schema union, Shape shape, GenericData model) {
        if (shape instanceof Shape.Branches all) {
            return new BranchChoice.ByClass(
                    all.branches().stream().<Class<?>>map(Shape.Branch::type).toList());
        }
        List<Schema> types = union.getTypes();
        if (!shape.equals(Shape.AVRO) && types.size() == 2) {
            for (int i = 0; i < 2; i++) {
                if (types.get(i).getType() == Schema.Type.NULL) {
                    return new BranchChoice.ByNull(i, 1 - i);
                }
            }
        }
        return new BranchChoice.ByModel(union, model);
    }

    private WriteNode.Record record(Schema schema, Shape shape, GenericData model) {
        if (shape instanceof Shape.ObjectShape object) {
            return objectRecord(schema, object, model);
        }
        Class<?> generated = classes == null ? null : classes.find(schema);
        return generated != null && SpecificRecordBase.class.isAssignableFrom(generated)
                ? specificRecord(schema, generated)
                : genericRecord(schema, model);
    }

    private WriteNode.Record genericRecord(Schema schema, GenericData model) {
        WriteNode.Record known = known(schema, model);
        if (known != null) {
            return known;
        }
        WriteNode.Record record = begun(schema, new RecordShape.Generic(schema), model);
        List<WriteNode.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new WriteNode.Field(field, field.pos(), node(field.schema(), Shape.AVRO, model)));
        }
        record.set(fields);
        return record;
    }

    private WriteNode.Record specificRecord(Schema schema, Class<?> type) {
        WriteNode.Record known = known(schema, type);
        if (known != null) {
            return known;
        }
        WriteNode.Record record = begun(schema, new RecordShape.Specific(type, schema), type);
        SpecificRecordBase sample = (SpecificRecordBase) SpecificData.newInstance(type, schema);
        Schema own = sample.getSchema();
        SpecificData model = sample.getSpecificData();
        List<WriteNode.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Schema.Field inClass = WriteNode.Field.in(field, own);
            Conversion<?> conversion = inClass == null ? null : sample.getConversion(inClass.pos());
            fields.add(new WriteNode.Field(field, field.pos(), specificField(field.schema(), conversion, model)));
        }
        record.set(fields);
        return record;
    }

    /** The class knows of each of its fields whether it holds the raw value. */
    private WriteNode specificField(Schema schema, @Nullable Conversion<?> conversion, SpecificData model) {
        WriteNode raw = rawNode(schema, Shape.AVRO, model);
        LogicalType logicalType = schema.getLogicalType();
        return conversion == null || logicalType == null
                ? raw
                : new WriteNode.Converted(raw, new AvroConversion(schema, conversion));
    }

    private WriteNode.Record objectRecord(Schema schema, Shape.ObjectShape object, GenericData model) {
        WriteNode.Record known = known(schema, object);
        if (known != null) {
            return known;
        }
        WriteNode.Record record = begun(schema, object, object);
        List<Shape.Property> properties = object.properties();
        List<WriteNode.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            int source = -1;
            for (int i = 0; i < properties.size(); i++) {
                source = properties.get(i).field().equals(field.name()) ? i : source;
            }
            Shape ofField = source < 0 ? Shape.AVRO : properties.get(source).shape();
            fields.add(new WriteNode.Field(field, source, node(field.schema(), ofField, model)));
        }
        record.set(fields);
        return record;
    }

    private WriteNode.@Nullable Record known(Schema schema, Object kind) {
        Map<Object, WriteNode.Record> ofSchema = records.get(schema);
        return ofSchema == null ? null : ofSchema.get(kind);
    }

    /** To be known before its fields, which may be of the same type. */
    private WriteNode.Record begun(Schema schema, RecordShape shape, Object kind) {
        WriteNode.Record record = new WriteNode.Record(schema, shape);
        records.computeIfAbsent(schema, s -> new HashMap<>()).put(kind, record);
        return record;
    }
}
