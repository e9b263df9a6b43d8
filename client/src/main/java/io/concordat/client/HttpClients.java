package io.concordat.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDK's client, as a configuration wants it. */
final class HttpClients {
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private HttpClients() {}

    /** @throws IllegalArgumentException if something that the settings name cannot be used */
    static HttpClient of(ClientConfig config) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(config.connectTimeout());
        Tls.apply(config.tls(), builder);
        config.proxy().ifPresent(proxy -> {
            requireTunnel(config, proxy, disabledForTunnels());
            builder.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        });
        return builder.build();
    }

    /** Says beforehand what the JDK would turn into an unexplained 407. */
    static void requireTunnel(ClientConfig config, ProxyConfig proxy, String disabledSchemes) {
        boolean tunnel = Stream.concat(config.urls().stream(), config.oauth().map(OAuthConfig::endpoint).stream())
                .map(URI::getScheme)
                .anyMatch("https"::equalsIgnoreCase);
        boolean disabled = Stream.of(disabledSchemes.split(","))
                .anyMatch(scheme -> scheme.trim().toLowerCase(Locale.ROOT).equals("basic"));
        if (proxy.user().isPresent() && tunnel && disabled) {
            throw new IllegalArgumentException(
                    "Invalid client settings: this JVM does not send a user and a password to a"
                            + " proxy on the way to https; start it with -D" + DISABLED_SCHEMES + "=\"\"");
        }
    }

    /** As the JDK finds it: the system property, or else what its own file of network properties says. */
    private static String disabledForTunnels() {
        String given = System.getProperty(DISABLED_SCHEMES);
        if (given != null) {
            return given;
        }
        Path file = Path.of(System.getProperty("java.home"), "conf", "net.properties");
        Properties properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            // Then it is as it is delivered.
            return "Basic";
        }
        return properties.getProperty(DISABLED_SCHEMES, "");
    }
}
