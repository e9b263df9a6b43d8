package io.concordat.client;

import io.concordat.client.CertificateSource.Stamp;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * Something made of a key store, made anew when the file has changed. While the new file cannot be read, as in the middle of
 * being written, the old one goes on being used.
 *
 * @param <T> what is made of it
 */
final class Reread<T> {
    private static final System.Logger LOG = System.getLogger(Reread.class.getName());

    private final CertificateSource source;
    private final Making<T> making;
    private volatile Made<T> made;

    /** @throws IllegalArgumentException if it cannot be read to begin with */
    Reread(CertificateSource source, Making<T> making) {
        this.source = source;
        this.making = making;
        Stamp stamp = source.stamp();
        this.made = new Made<>(stamp, make());
    }

    T get() {
        Made<T> current = made;
        Stamp stamp = source.stamp();
        if (stamp.equals(current.stamp) || stamp.equals(Stamp.NEVER)) {
            return current.value;
        }
        try {
            current = new Made<>(stamp, make());
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "Going on with " + source.what() + " as before: " + e.getMessage());
            current = new Made<>(stamp, current.value);
        }
        made = current;
        return current.value;
    }

    private T make() {
        try {
            return making.from(source.read());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "Invalid client settings: cannot use " + source + ": " + e.getMessage(), e);
        }
    }

    /** Makes something of a key store. */
    interface Making<T> {
        T from(KeyStore keys) throws GeneralSecurityException;
    }

    private record Made<T>(Stamp stamp, T value) {}
}
