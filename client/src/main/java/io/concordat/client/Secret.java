package io.concordat.client;

import java.util.Objects;

/** A password or a key, which does not show itself. Compared by what it holds. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** What must not be shown. */
    public String value() {
        return value;
    }

    char[] characters() {
        return value.toCharArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "***";
    }
}
