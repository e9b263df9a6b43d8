package io.concordat.client;

import java.time.Duration;

/**
 * What a client remembers.
 *
 * @param size how many answers of each kind at most
 * @param latestTtl how long the latest version is believed to be the latest; zero to ask every time
 * @param missingIdTtl how long an id or a GUID that the registry does not know is taken to be unknown; zero to ask every time
 * @param missingVersionTtl the same for a version or a subject
 * @param missingSchemaTtl the same for a schema that is looked up in a subject
 */
public record CacheConfig(
        int size, Duration latestTtl, Duration missingIdTtl, Duration missingVersionTtl, Duration missingSchemaTtl) {
    /** 10,000 of each kind, the latest version for 60 s, unknown ids for 30 s, other unknown things not at all. */
    public static final CacheConfig DEFAULT =
            new CacheConfig(10_000, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException naming what is wrong */
    public CacheConfig {
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive, found " + size);
        }
        requireTime("latestTtl", latestTtl);
        requireTime("missingIdTtl", missingIdTtl);
        requireTime("missingVersionTtl", missingVersionTtl);
        requireTime("missingSchemaTtl", missingSchemaTtl);
    }

    /** The same, with another size. */
    public CacheConfig withSize(int newSize) {
        return new CacheConfig(newSize, latestTtl, missingIdTtl, missingVersionTtl, missingSchemaTtl);
    }

    /** The same, with another time for the latest version. */
    public CacheConfig withLatestTtl(Duration newLatestTtl) {
        return new CacheConfig(size, newLatestTtl, missingIdTtl, missingVersionTtl, missingSchemaTtl);
    }

    /** The same, with other times for what the registry does not know. */
    public CacheConfig withMissingTtl(Duration ofIds, Duration ofVersions, Duration ofSchemas) {
        return new CacheConfig(size, latestTtl, ofIds, ofVersions, ofSchemas);
    }

    private static void requireTime(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, found " + time);
        }
    }
}
