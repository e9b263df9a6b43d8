package io.concordat.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files in a folder, each written under another name first, brought to the disk, and then renamed: a reader finds all of a
 * file or none of it, whenever a process ends.
 */
final class StoreDirectory implements StoreFiles {
    private static final String TEMPORARY = ".tmp";

    /** No write takes as long as this, so whoever began it is gone. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;

    StoreDirectory(Path root) {
        this.root = root;
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes a file unless it has these contents already. */
    void write(String path, byte[] contents) throws IOException {
        Optional<byte[]> present = read(path);
        if (present.isPresent() && Arrays.equals(present.get(), contents)) {
            return;
        }
        Path file = root.resolve(path);
        Path folder = Optional.ofNullable(file.getParent()).orElse(root);
        Files.createDirectories(folder);
        Path temporary = folder.resolve(UUID.randomUUID() + TEMPORARY);
        try {
            writeThrough(temporary, contents);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        bringToDisk(folder);
    }

    void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    /** Removes what was left behind by processes that ended in the middle of writing. */
    void sweep(String folder) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            files.filter(file -> file.toString().endsWith(TEMPORARY)).forEach(StoreDirectory::deleteIfAbandoned);
        } catch (IOException e) {
            // Nothing was stored there yet, or it cannot be listed: neither keeps anybody from reading.
            return;
        }
    }

    private static void deleteIfAbandoned(Path file) {
        try {
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Another process was faster.
            return;
        }
    }

    private static void writeThrough(Path file, byte[] contents) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(contents);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** The new name of a file; where folders cannot be opened, the system does that by itself. */
    private static void bringToDisk(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
