package io.concordat.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one broker to a folder. Kafka has a lock of its own, but takes it only after it has written to the metadata
 * log of the broker that holds it.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = ".concordat-lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder, which is made if it does not exist.
     *
     * @throws DevStartException if it cannot be made or written to, or another broker has it
     */
    static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new DevStartException("The folder '" + folder
                        + "' is in use by another broker; stop that one, or name another folder");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new DevStartException("The folder '" + folder + "' cannot be used: " + Folders.reason(e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
