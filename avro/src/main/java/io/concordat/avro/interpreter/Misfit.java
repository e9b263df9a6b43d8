package io.concordat.avro.interpreter;

import io.concordat.api.format.RecordException;
import org.jspecify.annotations.Nullable;

/** A value or a piece of a record that does not fit the schema, on its way out of the nesting it was found in. */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final StringBuilder path = new StringBuilder();

    Misfit(String reason) {
        this(reason, null);
    }

    Misfit(String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
        this.reason = reason;
    }

    /** What an application's class threw at values from a record. */
    static Misfit ofClass(Class<?> type, Throwable thrown) {
        if (thrown instanceof Error error && !(thrown instanceof AssertionError)) {
            throw error;
        }
        String message = thrown.getMessage();
        return new Misfit(
                type.getName() + " does not take its values: " + (message == null ? thrown.toString() : message),
                thrown);
    }

    /** Says in which field it was found. */
    Misfit inField(String name) {
        boolean isLast = path.isEmpty() || path.charAt(0) == '[';
        path.insert(0, isLast ? name : name + ".");
        return this;
    }

    /** Says in which element it was found. */
    Misfit inElement(Object indexOrKey) {
        boolean isLast = path.isEmpty() || path.charAt(0) == '[';
        path.insert(0, "[" + indexOrKey + (isLast ? "]" : "]."));
        return this;
    }

    RecordException toRecordException() {
        return new RecordException(path.isEmpty() ? reason : path + ": " + reason, getCause());
    }
}
