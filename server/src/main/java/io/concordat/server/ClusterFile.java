package io.concordat.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The properties file of a node of a cluster, with the keys that existing installations have.
 *
 * <p>A key that is not known is a warning. What would leave the registry more open than the file says is an error.
 *
 * @param server how the node listens
 * @param cluster its log and its cluster
 * @param warnings one line for each key that is not known, and one for those that have no effect
 */
public record ClusterFile(ServerConfig server, ClusterConfig cluster, List<String> warnings) {
    public ClusterFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming everything that is wrong with it
     */
    public static ClusterFile read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return of(values);
    }

    /** The same, of what such a file says. */
    static ClusterFile of(Map<String, String> values) {
        return new ClusterFileReading(values).file();
    }
}
