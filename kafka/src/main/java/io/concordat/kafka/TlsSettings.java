package io.concordat.kafka;

import io.concordat.client.Secret;
import io.concordat.client.TlsConfig;
import io.concordat.client.TlsConfig.KeyStoreFile;
import io.concordat.client.TlsConfig.Material;
import io.concordat.client.TlsConfig.PemFile;
import io.concordat.client.TlsConfig.PemText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the keys say about TLS: Kafka's own, behind a prefix. */
final class TlsSettings {
    private final ConnectionKeys keys;

    private TlsSettings(ConnectionKeys keys) {
        this.keys = keys;
    }

    static TlsConfig of(ConnectionKeys keys) {
        return new TlsSettings(keys).read();
    }

    private TlsConfig read() {
        return new TlsConfig(
                identity(),
                trust(),
                verifiesHost(),
                keys.list(key("enabled.protocols")),
                keys.list(key("cipher.suites")));
    }

    private Optional<Material> identity() {
        Optional<String> inlineKey = keys.text(key("keystore.key"));
        Optional<String> inlineChain = keys.text(key("keystore.certificate.chain"));
        if (inlineKey.isPresent() != inlineChain.isPresent()) {
            keys.problem("of " + key("keystore.key") + " and " + key("keystore.certificate.chain")
                    + " there must be both or neither");
        }
        return inlineKey.isPresent() && inlineChain.isPresent()
                ? Optional.of(
                        new PemText(Secret.of(inlineKey.get() + "\n" + inlineChain.get()), secret("key.password")))
                : file("keystore", secret("key.password"));
    }

    private Optional<Material> trust() {
        Optional<String> inline = keys.text(key("truststore.certificates"));
        return inline.isPresent() ? Optional.of(PemText.of(inline.get())) : file("truststore", Optional.empty());
    }

    private Optional<Material> file(String store, Optional<Secret> keyPassword) {
        String type = keys.text(key(store + ".type")).orElse("JKS").trim().toUpperCase(Locale.ROOT);
        return keys.text(key(store + ".location")).map(location -> {
            Path file = Path.of(location.trim());
            return type.equals("PEM")
                    ? new PemFile(file, keyPassword)
                    : new KeyStoreFile(file, type, secret(store + ".password"), keyPassword);
        });
    }

    /** Unlike elsewhere it does unless it is told not to, by an empty text as in Kafka. */
    private boolean verifiesHost() {
        String key = key("endpoint.identification.algorithm");
        Optional<String> algorithm =
                keys.object(key).map(ConnectionKeys::textOf).map(String::trim);
        algorithm
                .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase("https"))
                .ifPresent(name -> keys.problem(key + " is '" + name + "', which is neither https nor empty"));
        return algorithm.map(name -> !name.isEmpty()).orElse(true);
    }

    private Optional<Secret> secret(String name) {
        return keys.text(key(name)).map(Secret::of);
    }

    private static String key(String name) {
        return ConnectionConfig.SSL_PREFIX + name;
    }
}
