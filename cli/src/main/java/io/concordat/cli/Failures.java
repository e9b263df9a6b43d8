package io.concordat.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Exceptions in words. */
final class Failures {
    private Failures() {}

    /** What a person needs to know; never empty. */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof AccessDeniedException) {
            return "no permission for '" + message + "'";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no '" + message + "'";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "'" + message + "' is not a folder";
        }
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
