package io.concordat.client;

import java.io.IOException;
import java.util.Optional;

/** Small files that a schema store consists of. Safe for many threads and processes. */
interface StoreFiles {
    /** The contents of a file; empty if there is none. */
    Optional<byte[]> read(String path) throws IOException;

    /** Where they are, for messages. */
    @Override
    String toString();
}
