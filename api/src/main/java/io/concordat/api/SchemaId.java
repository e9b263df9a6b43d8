package io.concordat.api;

import java.util.Objects;

/**
 * The number of a schema. Numbers count per context, so the number alone does not name a schema.
 *
 * @param context the context that counts
 * @param id what the serializers write before each record
 */
public record SchemaId(Context context, int id) implements Comparable<SchemaId> {
    public SchemaId {
        Objects.requireNonNull(context, "context");
    }

    /** A number of the default context. */
    public static SchemaId of(int id) {
        return new SchemaId(Context.DEFAULT, id);
    }

    @Override
    public int compareTo(SchemaId other) {
        int byContext = context.compareTo(other.context);
        return byContext != 0 ? byContext : Integer.compare(id, other.id);
    }
}
