package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.client.TlsConfig.KeyStoreFile;
import io.concordat.client.TlsConfig.Material;
import io.concordat.client.TlsConfig.PemFile;
import io.concordat.client.TlsConfig.PemText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key store that can be read again, and tells whether that is worth it. */
final class CertificateSource {
    private final String what;
    private final Material material;
    private final Optional<Path> file;

    private CertificateSource(String what, Material material, Optional<Path> file) {
        this.what = what;
        this.material = material;
        this.file = file;
    }

    /** @param what for messages */
    static CertificateSource of(String what, Material material) {
        Optional<Path> file = Optional.empty();
        if (material instanceof KeyStoreFile store) {
            file = Optional.of(store.file());
        } else if (material instanceof PemFile pem) {
            file = Optional.of(pem.file());
        }
        return new CertificateSource(what, material, file);
    }

    /** Another value once the file has been written to; the same for what is no file. */
    Stamp stamp() {
        try {
            return file.isPresent()
                    ? new Stamp(Files.getLastModifiedTime(file.get()), Files.size(file.get()))
                    : Stamp.NEVER;
        } catch (IOException e) {
            // It is being replaced, or gone: reading will tell.
            return Stamp.NEVER;
        }
    }

    /** @throws IllegalArgumentException that says what cannot be read, and why; without secrets */
    KeyStore read() {
        try {
            if (material instanceof KeyStoreFile store) {
                return keyStore(store);
            }
            return Pem.keyStore(pemText(), characters(keyPassword()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Invalid client settings: cannot read " + this + ": " + reason(e), e);
        }
    }

    char[] keyCharacters() {
        char[] given = characters(keyPassword());
        return given == null ? new char[0] : given;
    }

    String what() {
        return what;
    }

    private static KeyStore keyStore(KeyStoreFile store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.type());
        try (InputStream in = Files.newInputStream(store.file())) {
            keys.load(in, characters(store.password()));
        }
        return keys;
    }

    private String pemText() throws IOException {
        return material instanceof PemText text ? text.text().value() : Files.readString(file.orElseThrow(), UTF_8);
    }

    private Optional<Secret> keyPassword() {
        if (material instanceof KeyStoreFile store) {
            return store.keyPassword().or(store::password);
        }
        if (material instanceof PemFile pem) {
            return pem.keyPassword();
        }
        return ((PemText) material).keyPassword();
    }

    private static char @Nullable [] characters(Optional<Secret> password) {
        return password.map(Secret::characters).orElse(null);
    }

    private static String reason(Exception failure) {
        return failure instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(failure.getMessage());
    }

    @Override
    public String toString() {
        return what + file.map(path -> " from " + path).orElse(" from the settings");
    }

    /** When a file was last changed, and how long it was then. */
    record Stamp(@Nullable FileTime time, long size) {
        static final Stamp NEVER = new Stamp(null, 0);
    }
}
