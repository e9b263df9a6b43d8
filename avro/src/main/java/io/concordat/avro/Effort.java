package io.concordat.avro;

import io.concordat.api.format.CodecSettings;
import io.concordat.avro.compiled.Compilation;
import io.concordat.avro.plan.Limits;
import java.util.List;
import java.util.Set;

/**
 * What records may cost, and what is done to make them cost less.
 *
 * @param compileAfter how many records are read or written before there is compiled code for them; 0 for at once,
 *     {@link Compilation#NEVER} for never
 */
record Effort(Limits limits, int compileAfter) {
    static final String MAX_DEPTH = "avro.max.depth";
    static final String MAX_EMPTY_ITEMS = "avro.max.empty.items";
    static final String COMPILE_AFTER = "avro.compile.after";

    static final Set<String> NAMES = Set.of(MAX_DEPTH, MAX_EMPTY_ITEMS, COMPILE_AFTER);

    static final Effort DEFAULT = new Effort(Limits.DEFAULT, 200);

    /**
     * This, but for what is set.
     *
     * @param problems gets what makes no sense
     */
    Effort with(CodecSettings settings, List<String> problems) {
        int depth = number(settings, MAX_DEPTH, 1, Limits.DEEPEST, limits.depth(), problems);
        int empty = number(settings, MAX_EMPTY_ITEMS, 0, Integer.MAX_VALUE, limits.emptyItems(), problems);
        int after = number(settings, COMPILE_AFTER, Compilation.NEVER, Integer.MAX_VALUE, compileAfter, problems);
        return new Effort(new Limits(depth, empty), after);
    }

    private static int number(
            CodecSettings settings, String key, int least, int most, int otherwise, List<String> problems) {
        Object value = settings.values().get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.toString().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add("'" + key + "' is '" + value + "', which is no number from " + least + " to " + most);
        return otherwise;
    }
}
