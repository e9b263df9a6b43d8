package io.concordat.api;

import java.util.List;

/**
 * The verdict on a schema.
 *
 * @param compatible whether it may be registered as things are
 * @param messages why not, every reason with its path, followed by what it was compared with; empty if compatible
 */
public record CompatibilityReport(boolean compatible, List<String> messages) {
    public static final CompatibilityReport COMPATIBLE = new CompatibilityReport(true, List.of());

    public CompatibilityReport {
        messages = List.copyOf(messages);
    }

    public static CompatibilityReport incompatible(List<String> messages) {
        return new CompatibilityReport(false, messages);
    }
}
