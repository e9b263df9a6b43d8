package io.concordat.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where answers are kept for when the registry is away.
 *
 * @param directory a folder that any number of processes may share; it is made if it is not there
 * @param bundle a folder on the class path with the contents of such a directory, which is only read
 */
public record StoreConfig(Optional<Path> directory, Optional<String> bundle) {
    /** Nowhere. */
    public static final StoreConfig NONE = new StoreConfig(Optional.empty(), Optional.empty());

    public StoreConfig {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(bundle, "bundle");
    }

    public StoreConfig withDirectory(Path newDirectory) {
        return new StoreConfig(Optional.of(newDirectory), bundle);
    }

    public StoreConfig withBundle(String newBundle) {
        return new StoreConfig(directory, Optional.of(newBundle));
    }

    boolean isNone() {
        return directory.isEmpty() && bundle.isEmpty();
    }
}
