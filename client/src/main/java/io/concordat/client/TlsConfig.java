package io.concordat.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How TLS is spoken. Files are read again once they have changed; what has been agreed on with them before goes on.
 *
 * @param identity the client's own certificate and key, if the registry asks for one
 * @param trust whom the client believes; empty for those that the JVM believes
 * @param verifyHost whether the registry's certificate must name the host that is asked, as it should
 * @param protocols such as {@code TLSv1.3}; empty for those of the JVM
 * @param cipherSuites empty for those of the JVM
 */
public record TlsConfig(
        Optional<Material> identity,
        Optional<Material> trust,
        boolean verifyHost,
        List<String> protocols,
        List<String> cipherSuites) {
    /** Nothing of the client's own: the JVM decides. */
    public static final TlsConfig DEFAULT =
            new TlsConfig(Optional.empty(), Optional.empty(), true, List.of(), List.of());

    public TlsConfig {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(trust, "trust");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    public TlsConfig withIdentity(Material newIdentity) {
        return new TlsConfig(Optional.of(newIdentity), trust, verifyHost, protocols, cipherSuites);
    }

    public TlsConfig withTrust(Material newTrust) {
        return new TlsConfig(identity, Optional.of(newTrust), verifyHost, protocols, cipherSuites);
    }

    public TlsConfig withVerifyHost(boolean newVerifyHost) {
        return new TlsConfig(identity, trust, newVerifyHost, protocols, cipherSuites);
    }

    public TlsConfig withProtocols(List<String> newProtocols) {
        return new TlsConfig(identity, trust, verifyHost, newProtocols, cipherSuites);
    }

    public TlsConfig withCipherSuites(List<String> newCipherSuites) {
        return new TlsConfig(identity, trust, verifyHost, protocols, newCipherSuites);
    }

    /** Certificates, and with an identity the key that belongs to the first of them. */
    public sealed interface Material permits KeyStoreFile, PemFile, PemText {}

    /**
     * A key store of the JDK's kinds.
     *
     * @param type {@code JKS}, {@code PKCS12} or another one that the JVM knows
     * @param password of the file; without one the file's integrity is not checked
     * @param keyPassword of the key; that of the file if empty
     */
    public record KeyStoreFile(Path file, String type, Optional<Secret> password, Optional<Secret> keyPassword)
            implements Material {
        public KeyStoreFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(keyPassword, "keyPassword");
        }

        public static KeyStoreFile of(Path file, String type, String password) {
            return new KeyStoreFile(file, type, Optional.of(Secret.of(password)), Optional.empty());
        }
    }

    /**
     * A file with certificates, and perhaps a key (PKCS #8), in PEM.
     *
     * @param keyPassword if the key is encrypted
     */
    public record PemFile(Path file, Optional<Secret> keyPassword) implements Material {
        public PemFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(keyPassword, "keyPassword");
        }

        public static PemFile of(Path file) {
            return new PemFile(file, Optional.empty());
        }
    }

    /**
     * Certificates, and perhaps a key (PKCS #8), in PEM.
     *
     * @param text both, in any order
     * @param keyPassword if the key is encrypted
     */
    public record PemText(Secret text, Optional<Secret> keyPassword) implements Material {
        public PemText {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(keyPassword, "keyPassword");
        }

        public static PemText of(String text) {
            return new PemText(Secret.of(text), Optional.empty());
        }
    }
}
