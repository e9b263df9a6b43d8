package io.concordat.api;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is said about a schema beside its text. Everything is kept sorted, as it is hashed and printed.
 *
 * @param tags path in the schema to the tags it carries
 * @param properties free names and values
 * @param sensitive names of properties whose values are secret
 */
public record Metadata(
        SortedMap<String, SortedSet<String>> tags, SortedMap<String, String> properties, SortedSet<String> sensitive) {
    /** The property in which the registry keeps the version that a schema was registered as. */
    public static final String VERSION_PROPERTY = "confluent:version";

    /** The property by which other registries mark that the values of sensitive properties are encrypted. */
    public static final String ENCRYPTED_PROPERTY = "__enc__";

    public Metadata {
        SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
        tags.forEach((path, names) -> sorted.put(path, Collections.unmodifiableSortedSet(new TreeSet<>(names))));
        tags = Collections.unmodifiableSortedMap(sorted);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        sensitive = Collections.unmodifiableSortedSet(new TreeSet<>(sensitive));
    }

    public static Metadata of(
            Map<String, ? extends Set<String>> tags, Map<String, String> properties, Set<String> sensitive) {
        SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
        tags.forEach((path, names) -> sorted.put(path, new TreeSet<>(names)));
        return new Metadata(sorted, new TreeMap<>(properties), new TreeSet<>(sensitive));
    }

    /** Metadata that only holds properties. */
    public static Metadata ofProperties(Map<String, String> properties) {
        return of(Map.of(), properties, Set.of());
    }
}
