package io.concordat.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the client believes, as their file has it now. */
final class RereadTrust extends X509ExtendedTrustManager {
    private final Supplier<X509ExtendedTrustManager> trusted;
    private final boolean verifyHost;

    /** @param source empty for those that the JVM believes */
    RereadTrust(Optional<CertificateSource> source, boolean verifyHost) {
        this.verifyHost = verifyHost;
        if (source.isPresent()) {
            trusted = new Reread<>(source.get(), RereadTrust::manager)::get;
        } else {
            X509ExtendedTrustManager ofTheJvm = ofTheJvm();
            trusted = () -> ofTheJvm;
        }
    }

    private static X509ExtendedTrustManager ofTheJvm() {
        try {
            return manager(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Invalid client settings: the JVM's own certificates cannot be read", e);
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("the JVM has no manager of X.509 trust"));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        if (verifyHost) {
            trusted.get().checkServerTrusted(chain, type, engine);
        } else {
            // Without the engine nothing is compared with the host that was asked.
            trusted.get().checkServerTrusted(chain, type);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        if (verifyHost) {
            trusted.get().checkServerTrusted(chain, type, socket);
        } else {
            trusted.get().checkServerTrusted(chain, type);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trusted.get().checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.get().getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("This is no server");
    }
}
