package io.concordat.server;

import io.concordat.api.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * What clients are told about a route.
 *
 * @param id the operation's name, for generated clients
 * @param summary what it does, in one line
 * @param parameters what the query may say; nothing else is looked at
 * @param takes what is sent
 * @param gives what is answered, with the status of that shape
 * @param refusals why it may be refused, besides what holds for every route
 */
record Description(
        String id,
        String summary,
        List<Parameter> parameters,
        Optional<Shape> takes,
        Shape gives,
        List<ErrorCode> refusals) {
    /** Whether that name in a query means something. */
    boolean knows(String parameter) {
        return parameters.stream().anyMatch(known -> known.text().equals(parameter));
    }
}
