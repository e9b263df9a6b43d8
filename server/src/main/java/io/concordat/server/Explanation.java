package io.concordat.server;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.CompatibilityReport.Reason;
import io.concordat.api.RegistryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The verdict on a schema for programs, which existing registries do not give: only who asks for it gets it. */
final class Explanation {
    /** The parameter that asks for it, and the member that it is. */
    static final String NAME = "explain";

    private Explanation() {}

    static boolean isWanted(Request request) {
        return request.flag(NAME);
    }

    static Map<String, Object> of(CompatibilityReport report) {
        Map<String, Object> explanation = new LinkedHashMap<>();
        explanation.put("compatible", report.compatible());
        explanation.put(
                "reasons", report.reasons().stream().map(Explanation::of).toList());
        return explanation;
    }

    private static Map<String, Object> of(Reason reason) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("rule", reason.rule());
        members.put("path", reason.path());
        reason.direction().ifPresent(direction -> members.put("direction", direction.name()));
        reason.version().ifPresent(version -> members.put("version", version));
        members.put("new", reason.newPart());
        members.put("old", reason.oldPart());
        members.put("advice", reason.advice());
        return members;
    }

    /** The verdict on what is no schema at all. */
    static CompatibilityReport invalid(RegistryException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Reason reason = new Reason(
                refusal.code().name(),
                "",
                Optional.empty(),
                OptionalInt.empty(),
                "",
                "",
                "Correct the schema: " + message);
        return new CompatibilityReport(false, List.of(message), List.of(reason));
    }
}
