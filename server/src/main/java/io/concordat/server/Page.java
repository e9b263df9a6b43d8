package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a list.
 *
 * @param offset how many are passed over
 * @param limit how many are shown at most
 */
record Page(int offset, int limit) {
    /** As many entries of a long kind as are shown at most. */
    static final int LONG_ENTRIES = 1_000;

    /**
     * What the parameters of a request say.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if the offset is negative
     */
    static Page of(Request request) {
        return of(request, Integer.MAX_VALUE);
    }

    /**
     * The same for a list of which never more is shown at once.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if the offset is negative
     */
    static Page of(Request request, int most) {
        int offset = request.queryNumber("offset", 0);
        if (offset < 0) {
            throw new RegistryException(ErrorCode.BAD_REQUEST, "offset " + offset + " is negative");
        }
        int limit = request.queryNumber("limit", 0);
        // Existing registries take none, and too many, for as many as there may be.
        return new Page(offset, limit <= 0 || limit > most ? most : limit);
    }

    /** That part, read no further than it goes. */
    <T> List<T> of(Stream<T> all) {
        return all.skip(offset).limit(limit).toList();
    }

    <T> List<T> of(List<T> all) {
        int start = Math.min(offset, all.size());
        return all.subList(start, start + Math.min(limit, all.size() - start));
    }
}
