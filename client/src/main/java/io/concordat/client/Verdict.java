package io.concordat.client;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.CompatibilityReport.Reason;
import io.concordat.api.json.JsonShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The answer to a check, as it comes over HTTP. */
final class Verdict {
    private Verdict() {}

    /** @throws IllegalArgumentException if it is something else */
    static CompatibilityReport of(Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        return new CompatibilityReport(
                JsonShape.flag("is_compatible", members.get("is_compatible")),
                messages(members.get("messages")),
                reasons(members.get("explain")));
    }

    private static List<String> messages(@Nullable Object messages) {
        return messages == null
                ? List.of()
                : JsonShape.list("messages", messages).stream()
                        .map(message -> JsonShape.text("messages", message))
                        .toList();
    }

    private static List<Reason> reasons(@Nullable Object explanation) {
        return explanation == null
                ? List.of()
                : JsonShape.list(
                                "reasons",
                                JsonShape.object("explain", explanation).get("reasons"))
                        .stream()
                        .map(reason -> reason(JsonShape.object("reasons", reason)))
                        .toList();
    }

    private static Reason reason(Map<?, ?> members) {
        Object direction = members.get("direction");
        Object version = members.get("version");
        return new Reason(
                text(members, "rule"),
                text(members, "path"),
                direction == null
                        ? Optional.empty()
                        : Optional.of(Direction.valueOf(JsonShape.text("direction", direction))),
                version == null ? OptionalInt.empty() : OptionalInt.of(JsonShape.number("version", version)),
                text(members, "new"),
                text(members, "old"),
                text(members, "advice"));
    }

    private static String text(Map<?, ?> members, String member) {
        return JsonShape.text(member, members.get(member));
    }
}
