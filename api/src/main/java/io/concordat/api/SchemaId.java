package io.concordat.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** As a record's own, which costs more where the compiler does not see through it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SchemaId that
                && that.id == id
                && that.context.name().equals(context.name());
    }

    @Override
    public int hashCode() {
        return 31 * context.name().hashCode() + id;
    }

    @Override
    public int compareTo(SchemaId other) {
        int byContext = context.compareTo(other.context);
        return byContext != 0 ? byContext : Integer.compare(id, other.id);
    }
}
