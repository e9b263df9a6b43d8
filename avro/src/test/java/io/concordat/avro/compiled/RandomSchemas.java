package io.concordat.avro.compiled;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Schemas of all types, and other versions of them that can mostly be read in their place. */
final class RandomSchemas {
    private static final int MAX_DEPTH = 3;
    private static final Schema.Type[] SIMPLE = {
        Schema.Type.BOOLEAN,
        Schema.Type.INT,
        Schema.Type.LONG,
        Schema.Type.FLOAT,
        Schema.Type.DOUBLE,
        Schema.Type.STRING,
        Schema.Type.BYTES,
        Schema.Type.NULL
    };

    private final Random random;
    private int names;

    RandomSchemas(Random random) {
        this.random = random;
    }

    /** A record, since that is where most can happen. */
    Schema record() {
        return record(0, random.nextInt(4) == 0 ? 12 + random.nextInt(14) : 1 + random.nextInt(6));
    }

    private Schema record(int depth, int fieldCount) {
        Schema record = Schema.createRecord("R" + names++, null, "random", false);
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < fieldCount; i++) {
            fields.add(new Schema.Field("f" + i, any(depth + 1, record)));
        }
        record.setFields(fields);
        return record;
    }

    private Schema any(int depth, Schema around) {
        int choice = random.nextInt(depth >= MAX_DEPTH ? 10 : 16);
        return switch (choice) {
            case 0, 1, 2, 3, 4, 5 -> Schema.create(SIMPLE[random.nextInt(SIMPLE.length)]);
            case 6 -> logical();
            case 7 -> Schema.createFixed("F" + names++, null, "random", random.nextInt(20));
            case 8 -> Schema.createEnum("E" + names++, null, "random", List.of("A", "B", "C"), "A");
            case 9, 10 -> union(depth, around);
            case 11 -> Schema.createArray(any(depth + 1, around));
            case 12 -> Schema.createMap(any(depth + 1, around));
            case 13 -> Schema.createUnion(Schema.create(Schema.Type.NULL), around);
            case 14 -> Schema.createArray(Schema.create(SIMPLE[random.nextInt(5)]));
            default -> record(depth, random.nextInt(5));
        };
    }

    private Schema logical() {
        return switch (random.nextInt(4)) {
            case 0 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 1 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 2 -> LogicalTypes.decimal(8, 2).addToSchema(Schema.create(Schema.Type.BYTES));
            default -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
        };
    }

    private Schema union(int depth, Schema around) {
        List<Schema> branches = new ArrayList<>();
        branches.add(Schema.create(Schema.Type.NULL));
        int more = 1 + random.nextInt(3);
        for (int i = 0; i < more; i++) {
            Schema branch = any(depth + 1, around);
            if (branch.getType() != Schema.Type.UNION
                    && branches.stream().noneMatch(b -> b.getFullName().equals(branch.getFullName()))) {
                branches.add(branch);
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(branches, random);
        }
        return Schema.createUnion(branches);
    }

    /** Another version: fields come and go and are renamed, numbers become wider, unions wider and narrower. */
    Schema versionOf(Schema schema) {
        return versionOf(schema, new ArrayList<>());
    }

    private Schema versionOf(Schema schema, List<Schema> around) {
        return switch (schema.getType()) {
            case INT -> pick(schema, Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
            case LONG -> pick(schema, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
            case FLOAT -> pick(schema, Schema.Type.FLOAT, Schema.Type.DOUBLE);
            case STRING, BYTES -> pick(schema, schema.getType(), Schema.Type.STRING, Schema.Type.BYTES);
            case ARRAY -> Schema.createArray(versionOf(schema.getElementType(), around));
            case MAP -> Schema.createMap(versionOf(schema.getValueType(), around));
            case ENUM -> enumVersion(schema);
            case UNION -> unionVersion(schema, around);
            case RECORD -> recordVersion(schema, around);
            default -> schema;
        };
    }

    private Schema pick(Schema schema, Schema.Type... types) {
        return random.nextInt(3) > 0 ? schema : Schema.create(types[random.nextInt(types.length)]);
    }

    private Schema enumVersion(Schema schema) {
        return switch (random.nextInt(3)) {
            case 0 -> schema;
            case 1 -> Schema.createEnum(schema.getName(), null, "random", List.of("C", "A"), "A");
            default -> Schema.createEnum(schema.getName(), null, "random", List.of("B", "X", "A"));
        };
    }

    private Schema unionVersion(Schema schema, List<Schema> around) {
        List<Schema> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            Schema version = versionOf(branch, around);
            if (branches.stream().noneMatch(b -> b.getFullName().equals(version.getFullName()))) {
                branches.add(version);
            }
        }
        if (random.nextInt(4) == 0) {
            branches.remove(random.nextInt(branches.size()));
        }
        if (random.nextBoolean()) {
            Collections.shuffle(branches, random);
        }
        return branches.size() == 1 ? branches.get(0) : Schema.createUnion(branches);
    }

    private Schema recordVersion(Schema schema, List<Schema> around) {
        for (Schema known : around) {
            if (known.getName().equals(schema.getName())) {
                return known;
            }
        }
        Schema version = Schema.createRecord(schema.getName(), null, "random", false);
        around.add(version);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (random.nextInt(5) > 0) {
                fields.add(fieldVersion(field, around));
            }
        }
        if (random.nextBoolean()) {
            fields.add(newField());
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fields, random);
        }
        version.setFields(fields);
        return version;
    }

    private Schema.Field fieldVersion(Schema.Field field, List<Schema> around) {
        Schema type = versionOf(field.schema(), around);
        if (random.nextInt(6) == 0 && type.getType() != Schema.Type.UNION && type.getType() != Schema.Type.NULL) {
            type = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
        }
        boolean isRenamed = random.nextInt(6) == 0;
        Schema.Field version = new Schema.Field(isRenamed ? field.name() + "New" : field.name(), type);
        if (isRenamed) {
            version.addAlias(field.name());
        }
        return version;
    }

    private Schema.Field newField() {
        Schema strings = Schema.createArray(Schema.create(Schema.Type.STRING));
        return switch (random.nextInt(5)) {
            case 0 -> new Schema.Field("added", Schema.create(Schema.Type.LONG), null, 7L);
            case 1 -> new Schema.Field("added", Schema.create(Schema.Type.STRING), null, "x");
            case 2 -> new Schema.Field("added", strings, null, List.of("a", "b"));
            case 3 -> new Schema.Field("added", optionalInt(), null, Schema.Field.NULL_DEFAULT_VALUE);
            default -> new Schema.Field("added", Schema.create(Schema.Type.DOUBLE), null, 1.5);
        };
    }

    private static Schema optionalInt() {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.INT));
    }
}
