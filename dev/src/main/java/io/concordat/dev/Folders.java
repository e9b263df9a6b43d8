package io.concordat.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What can go wrong with folders, and the end of temporary ones. */
final class Folders {
    private static final System.Logger LOG = System.getLogger(Folders.class.getName());

    private Folders() {}

    /** Why a folder cannot be used, in words. */
    static String reason(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "no permission for '" + problem.getMessage() + "'";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "'" + problem.getMessage() + "' is not a folder";
        }
        if (problem instanceof NoSuchFileException) {
            return "there is no '" + problem.getMessage() + "', and it cannot be made";
        }
        return String.valueOf(problem.getMessage());
    }

    /** Deletes a folder with all it holds, as far as that can be done. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException | UncheckedIOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "The temporary folder " + folder + " could not be deleted: " + e);
        }
    }
}
