package io.concordat.client;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as a configuration wants it. */
final class Tls {
    private Tls() {}

    /** @throws IllegalArgumentException if certificates or keys cannot be read */
    static void apply(TlsConfig config, HttpClient.Builder client) {
        if (config.identity().isPresent() || config.trust().isPresent() || !config.verifyHost()) {
            client.sslContext(context(config));
        }
        if (!config.protocols().isEmpty() || !config.cipherSuites().isEmpty()) {
            client.sslParameters(parameters(config));
        }
    }

    private static SSLContext context(TlsConfig config) {
        KeyManager @Nullable [] keys = config.identity()
                .map(material ->
                        new KeyManager[] {new RereadKeys(CertificateSource.of("the client's own certificate", material))
                        })
                .orElse(null);
        TrustManager[] trust = {
            new RereadTrust(
                    config.trust().map(material -> CertificateSource.of("the trusted certificates", material)),
                    config.verifyHost())
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Invalid client settings: TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static SSLParameters parameters(TlsConfig config) {
        SSLParameters parameters = new SSLParameters();
        if (!config.protocols().isEmpty()) {
            parameters.setProtocols(config.protocols().toArray(String[]::new));
        }
        if (!config.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
        }
        return parameters;
    }
}
