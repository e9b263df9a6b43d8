package io.concordat.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that say how the registry is reached, next to Kafka's own in the same map. Those without {@code schema.registry.}
 * before them are understood with it as well, and then it is that one that counts.
 */
public final class ConnectionConfig {
    /** Before a key that might be mistaken for one of somebody else. */
    static final String PREFIX = "schema.registry.";

    /** Before Kafka's own keys of TLS, such as {@code schema.registry.ssl.truststore.location}. */
    static final String SSL_PREFIX = "schema.registry.ssl.";

    /** Before the name of a header for every request. */
    static final String HEADER_PREFIX = "request.header.";

    /** Whether to begin with any one of the addresses instead of the first. Default: false. */
    public static final String URL_RANDOMIZE = "schema.registry.url.randomize";

    /** How long one call may take as a whole, with all its attempts, in milliseconds. Default: 10000. */
    public static final String DEADLINE_MS = "schema.registry.deadline.ms";

    /** How long connecting may take, in milliseconds. Default: 5000. */
    public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";

    /**
     * How long one attempt may take, in milliseconds. Default: {@value #DEADLINE_MS} divided by the number of addresses.
     */
    public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";

    /** How often a call is repeated on each address while the registry is in trouble. Default: 3. */
    public static final String MAX_RETRIES = "max.retries";

    /** The longest wait before the first repetition, in milliseconds; it doubles each time. Default: 250. */
    public static final String RETRIES_WAIT_MS = "retries.wait.ms";

    /** The longest wait before any other repetition, in milliseconds. Default: 2000. */
    public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";

    /** How long an address that failed five times in a row is left alone, in milliseconds. Default: 2000. */
    public static final String PROBE_INTERVAL_MS = "schema.registry.probe.interval.ms";

    /** How many connections there are to one address. Default: 8. */
    public static final String MAX_CONNECTIONS = "schema.registry.max.connections";

    /** The host of an HTTP proxy. Default: what the JVM's own settings say. */
    public static final String PROXY_HOST = "proxy.host";

    /** The port of the proxy. */
    public static final String PROXY_PORT = "proxy.port";

    /** Who asks the proxy. */
    public static final String PROXY_USER = "schema.registry.proxy.user";

    /** The password for the proxy. */
    public static final String PROXY_PASSWORD = "schema.registry.proxy.password";

    /**
     * Where bearer tokens come from: {@code STATIC_TOKEN} for {@value #BEARER_AUTH_TOKEN}, {@code OAUTHBEARER} for OAuth's
     * client credentials, or {@code CUSTOM}. Default: {@code STATIC_TOKEN} if there is one, else no token.
     */
    public static final String BEARER_AUTH_CREDENTIALS_SOURCE = "bearer.auth.credentials.source";

    /** A token that never changes. */
    public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";

    /** Where OAuth's tokens are handed out. */
    public static final String BEARER_AUTH_ISSUER_ENDPOINT_URL = "bearer.auth.issuer.endpoint.url";

    /** The client's id there. */
    public static final String BEARER_AUTH_CLIENT_ID = "bearer.auth.client.id";

    /** The client's secret there. */
    public static final String BEARER_AUTH_CLIENT_SECRET = "bearer.auth.client.secret";

    /** What the token is for. Default: what the endpoint decides. */
    public static final String BEARER_AUTH_SCOPE = "bearer.auth.scope";

    /** How many seconds before its end a token is exchanged; at most a fifth of its life. Default: 300. */
    public static final String BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS = "bearer.auth.cache.expiry.buffer.seconds";

    /** The logical cluster that is meant, sent as the header {@code target-sr-cluster}. */
    public static final String BEARER_AUTH_LOGICAL_CLUSTER = "bearer.auth.logical.cluster";

    /** The identity pool, sent as the header {@code Confluent-Identity-Pool-Id}. */
    public static final String BEARER_AUTH_IDENTITY_POOL_ID = "bearer.auth.identity.pool.id";

    /** A {@link io.concordat.client.TokenSource}, as an object, a class or the name of a class. */
    public static final String BEARER_AUTH_CUSTOM_PROVIDER_CLASS = "bearer.auth.custom.provider.class";

    /** How many seconds an unknown id is taken to be unknown; 0 to ask every time. Default: 30. */
    public static final String MISSING_ID_CACHE_TTL_SEC = "missing.id.cache.ttl.sec";

    /** The same for an unknown version or subject. Default: 0. */
    public static final String MISSING_VERSION_CACHE_TTL_SEC = "missing.version.cache.ttl.sec";

    /** The same for a schema that is not registered. Default: 0. */
    public static final String MISSING_SCHEMA_CACHE_TTL_SEC = "missing.schema.cache.ttl.sec";

    /** A folder in which answers are kept for when the registry is away. Default: none. */
    public static final String STORE_DIR = "schema.registry.store.dir";

    /** A folder on the class path with the contents of such a folder, which is only read. Default: none. */
    public static final String STORE_BUNDLE = "schema.registry.store.bundle";

    /** Where user and password may also stand, for {@link RegistrySerdeConfig#BASIC_AUTH_USER_INFO}. */
    static final String OLD_USER_INFO = "schema.registry.basic.auth.user.info";

    private static final List<String> SSL_KEYS = List.of(
            "keystore.location",
            "keystore.type",
            "keystore.password",
            "keystore.key",
            "keystore.certificate.chain",
            "key.password",
            "truststore.location",
            "truststore.type",
            "truststore.password",
            "truststore.certificates",
            "endpoint.identification.algorithm",
            "enabled.protocols",
            "cipher.suites");

    private static final Set<String> KEYS = Set.of(
            RegistrySerdeConfig.SCHEMA_REGISTRY_URL,
            RegistrySerdeConfig.BASIC_AUTH_USER_INFO,
            RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE,
            URL_RANDOMIZE,
            DEADLINE_MS,
            CONNECT_TIMEOUT_MS,
            READ_TIMEOUT_MS,
            MAX_RETRIES,
            RETRIES_WAIT_MS,
            RETRIES_MAX_WAIT_MS,
            PROBE_INTERVAL_MS,
            MAX_CONNECTIONS,
            PROXY_HOST,
            PROXY_PORT,
            PROXY_USER,
            PROXY_PASSWORD,
            BEARER_AUTH_CREDENTIALS_SOURCE,
            BEARER_AUTH_TOKEN,
            BEARER_AUTH_ISSUER_ENDPOINT_URL,
            BEARER_AUTH_CLIENT_ID,
            BEARER_AUTH_CLIENT_SECRET,
            BEARER_AUTH_SCOPE,
            BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS,
            BEARER_AUTH_LOGICAL_CLUSTER,
            BEARER_AUTH_IDENTITY_POOL_ID,
            BEARER_AUTH_CUSTOM_PROVIDER_CLASS,
            MISSING_ID_CACHE_TTL_SEC,
            MISSING_VERSION_CACHE_TTL_SEC,
            MISSING_SCHEMA_CACHE_TTL_SEC,
            STORE_DIR,
            STORE_BUNDLE);

    private ConnectionConfig() {}

    /** Whether a key says something about the connection. */
    static boolean knows(String key) {
        return KEYS.contains(key)
                || key.startsWith(HEADER_PREFIX)
                || (key.startsWith(SSL_PREFIX) && SSL_KEYS.contains(key.substring(SSL_PREFIX.length())))
                || (key.startsWith(PREFIX) && knowsUnprefixed(key.substring(PREFIX.length())));
    }

    private static boolean knowsUnprefixed(String key) {
        return (KEYS.contains(key) && !key.startsWith(PREFIX)) || key.startsWith(HEADER_PREFIX);
    }

    /** Those that may be misspelt. */
    static Set<String> keys() {
        return Stream.concat(KEYS.stream(), SSL_KEYS.stream().map(SSL_PREFIX::concat))
                .collect(Collectors.toUnmodifiableSet());
    }
}
