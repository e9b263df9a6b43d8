package io.concordat.api;

import io.concordat.api.Compatibility.Direction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The verdict on a schema.
 *
 * @param compatible whether it may be registered as things are
 * @param messages why not, every reason with its path, followed by what it was compared with; empty if compatible
 * @param reasons why not, for programs; empty if compatible, or if the registry was not asked or cannot tell
 */
public record CompatibilityReport(boolean compatible, List<String> messages, List<Reason> reasons) {
    public static final CompatibilityReport COMPATIBLE = new CompatibilityReport(true, List.of(), List.of());

    public CompatibilityReport {
        messages = List.copyOf(messages);
        reasons = List.copyOf(reasons);
    }

    /** A verdict whose reasons are known in words only. */
    public CompatibilityReport(boolean compatible, List<String> messages) {
        this(compatible, messages, List.of());
    }

    public static CompatibilityReport incompatible(List<String> messages) {
        return new CompatibilityReport(false, messages);
    }

    /**
     * One of the reasons.
     *
     * @param rule the rule that is broken, such as {@code TYPE_MISMATCH}
     * @param path where in the schema, in its language's own notation; empty if it is about the whole
     * @param direction who cannot read whose records, if it is about that
     * @param version the first version that the schema clashes with, if it is about one
     * @param newPart what clashes in the schema that was judged, shortened; empty if there is nothing to show
     * @param oldPart what clashes in that version, likewise
     * @param advice what to do about it, in a sentence; may be empty
     */
    public record Reason(
            String rule,
            String path,
            Optional<Direction> direction,
            OptionalInt version,
            String newPart,
            String oldPart,
            String advice) {}
}
