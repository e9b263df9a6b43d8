package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.concordat.api.format.RecordException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Makes trees of JSON without numbers that are short to write and long to reckon with, such as {@code 1e999999999}: comparing
 * or dividing one may take all memory.
 */
final class BoundedNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;
    private static final int MAX_EXPONENT = 10_000;

    /** @throws RecordException if it is such a number */
    @Override
    public ValueNode numberNode(BigDecimal number) {
        if (isBeyond(number)) {
            throw new RecordException("The value cannot be held against its schema: the number " + number
                    + " has an exponent beyond " + MAX_EXPONENT);
        }
        return super.numberNode(number);
    }

    private static boolean isBeyond(BigDecimal number) {
        return number.scale() > MAX_EXPONENT || number.scale() < -MAX_EXPONENT;
    }

    /** Such a number in a tree that was made elsewhere. */
    static Optional<BigDecimal> findIn(JsonNode json) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(json);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isBigDecimal() && isBeyond(node.decimalValue())) {
                return Optional.of(node.decimalValue());
            }
            node.elements().forEachRemaining(open::push);
        }
        return Optional.empty();
    }
}
