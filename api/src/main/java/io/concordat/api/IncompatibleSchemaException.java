package io.concordat.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema was not registered because it clashes with an earlier version; the report says where. */
public class IncompatibleSchemaException extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** Null after it has been serialized. */
    private final transient @Nullable CompatibilityReport report;

    public IncompatibleSchemaException(String message, CompatibilityReport report) {
        this(message, report, null);
    }

    /** With the failure that it tells in other words. */
    public IncompatibleSchemaException(String message, CompatibilityReport report, @Nullable Throwable cause) {
        super(ErrorCode.INCOMPATIBLE_SCHEMA, message, cause);
        this.report = report;
    }

    /** The verdict; its reasons are empty behind a registry that was not asked for them or cannot tell. */
    public CompatibilityReport report() {
        return report == null ? CompatibilityReport.incompatible(List.of()) : report;
    }
}
