package io.concordat.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Files on the class path. */
final class StoreBundle implements StoreFiles {
    private final String folder;
    private final ClassLoader loader;

    StoreBundle(String folder, ClassLoader loader) {
        this.folder = folder.replaceAll("^/+|/+$", "");
        this.loader = loader;
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try (InputStream in = loader.getResourceAsStream(folder + "/" + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    @Override
    public String toString() {
        return "the bundle '" + folder + "'";
    }
}
