package io.concordat.benchmarks;

import io.concordat.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One figure beside its reference, both measured in the same run.
 *
 * @param name what was measured
 * @param value ours
 * @param unit of both
 * @param reference what it is compared with
 */
public record Row(String name, double value, String unit, double reference) {
    /** Ours divided by the reference: below 1 is better, of a rate above 1. */
    public double ratio() {
        return value / reference;
    }

    static byte[] json(List<Row> rows) {
        List<Object> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", row.name);
            members.put("value", row.value);
            members.put("unit", row.unit);
            members.put("reference", row.reference);
            members.put("ratio", row.ratio());
            list.add(members);
        }
        return Json.write(list);
    }

    static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder();
        table.append(
                String.format(Locale.ROOT, "%n%-46s %12s %12s %-6s %7s%n", "", "ours", "reference", "unit", "ratio"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-46s %12.1f %12.1f %-6s %7.2f%n",
                    row.name,
                    row.value,
                    row.reference,
                    row.unit,
                    row.ratio()));
        }
        return table.toString();
    }
}
