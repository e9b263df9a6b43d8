package io.concordat.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");

    private Pem() {}

    /**
     * A key store in memory: the key with all certificates as its chain, or without a key each certificate by itself.
     *
     * @param password of an encrypted key, and of the key within the result
     * @throws GeneralSecurityException that says what is missing or of a kind that is not understood
     */
    static KeyStore keyStore(String text, char @Nullable [] password) throws GeneralSecurityException, IOException {
        List<Certificate> certificates = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] content = Base64.getMimeDecoder().decode(block.group(2).getBytes(US_ASCII));
            switch (block.group(1)) {
                case "CERTIFICATE" -> certificates.add(certificate(content));
                case "PRIVATE KEY" -> key = Optional.of(key(new PKCS8EncodedKeySpec(content)));
                case "ENCRYPTED PRIVATE KEY" -> key = Optional.of(key(decrypted(content, password)));
                default ->
                    throw new GeneralSecurityException(
                            "'" + block.group(1)
                                    + "' is not understood there; only CERTIFICATE, PRIVATE KEY and ENCRYPTED PRIVATE KEY are (PKCS #8)");
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in PEM");
        }
        return keyStore(certificates, key, password);
    }

    private static KeyStore keyStore(
            List<Certificate> certificates, Optional<PrivateKey> key, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (key.isPresent()) {
            char[] given = password == null ? new char[0] : password;
            keys.setKeyEntry("key", key.get(), given, certificates.toArray(Certificate[]::new));
            return keys;
        }
        for (int i = 0; i < certificates.size(); i++) {
            keys.setCertificateEntry("certificate-" + i, certificates.get(i));
        }
        return keys;
    }

    private static Certificate certificate(byte[] content) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] content, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new GeneralSecurityException("the key is encrypted, and no password for it is given");
        }
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
        // For the newer schemes the name says nothing but "PBES2"; the parameters know which one.
        String algorithm = encrypted.getAlgName().equals("PBES2") && encrypted.getAlgParameters() != null
                ? encrypted.getAlgParameters().toString()
                : encrypted.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
                encrypted.getAlgParameters());
        try {
            return encrypted.getKeySpec(cipher);
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("the key cannot be decrypted with the password given");
        }
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // A key of another kind.
            }
        }
        throw new InvalidKeyException("the key is of none of the kinds " + ALGORITHMS);
    }
}
