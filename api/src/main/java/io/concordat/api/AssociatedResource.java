package io.concordat.api;

import java.util.Objects;

/**
 * Something outside the registry that uses subjects: a Kafka topic.
 *
 * @param name the topic's name
 * @param namespace where the name counts: the Kafka cluster
 * @param id the topic's own identity, which a topic of the same name made later does not have
 * @param type what kind of thing it is, {@link #TOPIC}
 */
public record AssociatedResource(String name, String namespace, String id, String type) {
    /** The one kind of resource there is so far. */
    public static final String TOPIC = "topic";

    public AssociatedResource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
    }

    /** Whether this is the same thing by its name, whatever its identity. */
    public boolean hasNameOf(AssociatedResource other) {
        return name.equals(other.name) && namespace.equals(other.namespace) && type.equals(other.type);
    }

    @Override
    public String toString() {
        return type + " '" + name + "' of '" + namespace + "'";
    }
}
