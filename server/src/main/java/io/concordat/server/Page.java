package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.util.List;

/**
 * A part of a list.
 *
 * @param offset how many are passed over
 * @param limit how many are shown at most
 */
record Page(int offset, int limit) {
    /**
     * What the parameters of a request say.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if the offset is negative
     */
    static Page of(Request request) {
        int offset = request.queryNumber("offset", 0);
        if (offset < 0) {
            throw new RegistryException(ErrorCode.BAD_REQUEST, "offset " + offset + " is negative");
        }
        int limit = request.queryNumber("limit", 0);
        // Existing registries take "none" for "as many as there are".
        return new Page(offset, limit <= 0 ? Integer.MAX_VALUE : limit);
    }

    <T> List<T> of(List<T> all) {
        int start = Math.min(offset, all.size());
        return all.subList(start, start + Math.min(limit, all.size() - start));
    }
}
