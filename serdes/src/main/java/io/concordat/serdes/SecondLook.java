package io.concordat.serdes;

import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks for the schema of an id once more before it is taken to be unknown: a follower may not have heard yet of what was just
 * registered. What was asked for twice is asked for once after that, for a while, so that a topic full of such ids does not
 * cost a pause for every record.
 */
final class SecondLook {
    /** A caching client believes a first "not found" for a quarter of a second. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final Duration CONVICTION = Duration.ofSeconds(30);

    private final ConcurrentHashMap<Object, Long> convictions = new ConcurrentHashMap<>();
    private final Clock clock;
    private final int limit;

    /** @param limit how many ids are remembered at most */
    SecondLook(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * What the registry says.
     *
     * @param key the id or GUID
     * @throws UnknownSchemaException if it has no such schema
     */
    <T> T ask(Object key, Supplier<T> question) {
        try {
            return question.get();
        } catch (RegistryException e) {
            if (e.kind() != FailureKind.NOT_FOUND) {
                throw e;
            }
            if (isConvinced(key)) {
                throw new UnknownSchemaException(e);
            }
        }
        pause();
        try {
            return question.get();
        } catch (RegistryException e) {
            if (e.kind() != FailureKind.NOT_FOUND) {
                throw e;
            }
            remember(key);
            throw new UnknownSchemaException(e);
        }
    }

    private boolean isConvinced(Object key) {
        Long since = convictions.get(key);
        long age = since == null ? Long.MAX_VALUE : clock.millis() - since;
        return age >= 0 && age < CONVICTION.toMillis();
    }

    private void remember(Object key) {
        if (convictions.size() >= limit) {
            convictions.clear();
        }
        convictions.put(key, clock.millis());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw Interruption.told("before the registry was asked again", e);
        }
    }
}
