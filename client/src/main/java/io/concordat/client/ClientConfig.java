package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a registry is reached over HTTP.
 *
 * @param urls where it is, without credentials, query or final slash; several for one registry that has several doors. The
 *     first one is asked until it fails, then the next. If they end with {@code /contexts/} and the name of a context, that
 *     is the default one
 * @param randomize whether to begin with any one of them instead of the first
 * @param deadline how long one call may take as a whole: waiting for a connection, connecting, asking, reading the answer to
 *     its end, pauses and repetitions
 * @param connectTimeout how long connecting may take
 * @param answerTimeout how long one attempt may take from connecting to the end of the answer; empty for the deadline
 *     divided by the number of urls, so that there is time for each
 * @param headers sent with every request, in any case of their names; {@code Authorization} holds the credentials
 * @param tokens where the bearer token of each request comes from
 * @param oauth how it is got
 * @param maxAnswerSize the most bytes an answer may have
 * @param maxConnections how many requests are under way to one url at the same time, and so how many connections there are
 * @param retries what happens when the registry is in trouble
 * @param caches what {@link SchemaRegistryClient} remembers
 * @param store where it keeps answers for when the registry is away
 * @param tls how TLS is spoken
 * @param proxy in between; empty for what the JVM's own settings say
 */
public record ClientConfig(
        List<URI> urls,
        boolean randomize,
        Duration deadline,
        Duration connectTimeout,
        Optional<Duration> answerTimeout,
        Map<String, String> headers,
        Optional<TokenSource> tokens,
        Optional<OAuthConfig> oauth,
        int maxAnswerSize,
        int maxConnections,
        RetryConfig retries,
        CacheConfig caches,
        StoreConfig store,
        TlsConfig tls,
        Optional<ProxyConfig> proxy) {
    private static final String AUTHORIZATION = "Authorization";

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\t]*");

    /** What the client says itself, and what the connection needs for itself. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "accept", "connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");

    /**
     * Checks what was given.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public ClientConfig {
        urls = List.copyOf(urls);
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
        List<String> problems = new ArrayList<>();
        if (urls.isEmpty()) {
            problems.add("url is missing");
        }
        urls.forEach(url -> problems.addAll(problemsOf(url)));
        if (problems.isEmpty()
                && urls.stream()
                                .map(url -> HomeContext.of(url).context())
                                .distinct()
                                .count()
                        > 1) {
            problems.add("the urls " + urls + " name different contexts");
        }
        headers.forEach((name, value) -> problems.addAll(problemsOf(name, value)));
        requirePositive("deadline", deadline, problems);
        requirePositive("connectTimeout", connectTimeout, problems);
        answerTimeout.ifPresent(time -> requirePositive("answerTimeout", time, problems));
        requirePositive("maxAnswerSize", maxAnswerSize, problems);
        requirePositive("maxConnections", maxConnections, problems);
        int credentials = (headers.containsKey(AUTHORIZATION) ? 1 : 0)
                + (tokens.isPresent() ? 1 : 0)
                + (oauth.isPresent() ? 1 : 0);
        if (credentials > 1) {
            problems.add(
                    "credentials are given twice, among the header Authorization (also from the url or a user), tokens"
                            + " and oauth");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid client settings: " + String.join("; ", problems));
        }
    }

    /**
     * The defaults for a registry at that place.
     *
     * @param url as in {@link Builder#url}
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static ClientConfig of(String url) {
        return builder().url(url).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What stands in for the default context. */
    HomeContext home() {
        return HomeContext.of(urls.get(0));
    }

    /** How long one attempt may take. */
    Duration attemptTimeout() {
        return answerTimeout.orElseGet(() -> deadline.dividedBy(urls.size()));
    }

    private static void requirePositive(String name, Duration time, List<String> problems) {
        if (time.isZero() || time.isNegative()) {
            problems.add(name + " must be positive, found " + time);
        }
    }

    private static void requirePositive(String name, int number, List<String> problems) {
        if (number < 1) {
            problems.add(name + " must be positive, found " + number);
        }
    }

    private static List<String> problemsOf(URI url) {
        List<String> problems = new ArrayList<>();
        String shown = withoutCredentials(url.toString());
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            problems.add("url '" + shown + "' must begin with http:// or https://");
        } else if (url.getHost() == null) {
            problems.add("url '" + shown + "' names no host that Java accepts (a host name holds no underscore)");
        }
        if (url.getRawUserInfo() != null) {
            problems.add("url '" + shown + "' holds credentials; the builder takes them out");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            problems.add("url '" + shown + "' must not have a query or a fragment");
        }
        try {
            HomeContext.of(url);
        } catch (IllegalArgumentException e) {
            problems.add("url '" + shown + "' names no context behind /contexts/: " + e.getMessage());
        }
        return problems;
    }

    private static List<String> problemsOf(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches()) {
            return List.of("header name '" + name + "' holds characters that are not allowed there");
        }
        if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            return List.of("header '" + name + "' is set by the client itself");
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            return List.of("the value of header '" + name + "' holds characters that are not allowed there");
        }
        return List.of();
    }

    /** Whatever might be credentials is left out, also of a URL that is not well-formed. */
    private static String withoutCredentials(String url) {
        int end = url.lastIndexOf('@');
        int start = url.indexOf("//");
        return end < 0 ? url : (start < 0 ? "" : url.substring(0, start + 2)) + "***" + url.substring(end);
    }

    /** Where and how, without the values of headers and other secrets. */
    @Override
    public String toString() {
        return "ClientConfig[urls=" + urls + ", randomize=" + randomize + ", deadline=" + deadline + ", connectTimeout="
                + connectTimeout + ", answerTimeout=" + answerTimeout + ", headers=" + headers.keySet()
                + ", tokens=" + tokens.isPresent() + ", oauth=" + oauth + ", maxAnswerSize=" + maxAnswerSize
                + ", maxConnections=" + maxConnections + ", retries=" + retries + ", caches=" + caches + ", store="
                + store + ", tls=" + tls + ", proxy=" + proxy + "]";
    }

    /** Collects settings. Not safe for many threads. */
    public static final class Builder {
        private List<String> urls = List.of();
        private boolean randomize;
        private Duration deadline = Duration.ofSeconds(10);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Optional<Duration> answerTimeout = Optional.empty();
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Optional<TokenSource> tokens = Optional.empty();
        private Optional<OAuthConfig> oauth = Optional.empty();
        private int maxAnswerSize = 64 << 20;
        private int maxConnections = 8;
        private RetryConfig retries = RetryConfig.DEFAULT;
        private CacheConfig caches = CacheConfig.DEFAULT;
        private StoreConfig store = StoreConfig.NONE;
        private TlsConfig tls = TlsConfig.DEFAULT;
        private Optional<ProxyConfig> proxy = Optional.empty();

        private Builder() {}

        /**
         * Where the registry is, such as {@code https://user:password@host:8081/path}. User and password are percent-decoded
         * and sent as basic authentication.
         */
        public Builder url(String url) {
            return urls(List.of(url));
        }

        /**
         * Where the registry is, if it has several doors: the first one is asked until it fails, then the next. All have the
         * same user and password, if any.
         */
        public Builder urls(List<String> urls) {
            this.urls = List.copyOf(urls);
            return this;
        }

        /** Whether to begin with any one of the urls instead of the first; not by default. */
        public Builder randomize(boolean randomize) {
            this.randomize = randomize;
            return this;
        }

        /** How long one call may take as a whole; 10 seconds by default. */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /** How long connecting may take; 5 seconds by default. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
            return this;
        }

        /** How long one attempt may take; the deadline divided by the number of urls by default. */
        public Builder answerTimeout(Duration answerTimeout) {
            this.answerTimeout = Optional.of(answerTimeout);
            return this;
        }

        /** A header for every request. */
        public Builder header(String name, String value) {
            headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** A user and a password for every request. */
        public Builder basicAuth(String user, String password) {
            return header(AUTHORIZATION, basic(user, password));
        }

        /** A token that never changes, for every request. */
        public Builder bearerToken(String token) {
            return header(AUTHORIZATION, "Bearer " + Objects.requireNonNull(token, "token"));
        }

        /** Where tokens come from. */
        public Builder tokens(TokenSource tokens) {
            this.tokens = Optional.of(tokens);
            return this;
        }

        /** Tokens by OAuth's client credentials. */
        public Builder oauth(OAuthConfig oauth) {
            this.oauth = Optional.of(oauth);
            return this;
        }

        /** The most bytes an answer may have; 64 MiB by default. */
        public Builder maxAnswerSize(int bytes) {
            this.maxAnswerSize = bytes;
            return this;
        }

        /** How many requests are under way to one url at the same time; 8 by default. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /** What happens when the registry is in trouble; {@link RetryConfig#DEFAULT} by default. */
        public Builder retries(RetryConfig retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /** What {@link SchemaRegistryClient} remembers; {@link CacheConfig#DEFAULT} by default. */
        public Builder caches(CacheConfig caches) {
            this.caches = Objects.requireNonNull(caches, "caches");
            return this;
        }

        /** Where {@link SchemaRegistryClient} keeps answers for when the registry is away; nowhere by default. */
        public Builder store(StoreConfig store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /** How TLS is spoken; as the JVM does by default. */
        public Builder tls(TlsConfig tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /** A proxy in between; by default what the JVM's own settings say. */
        public Builder proxy(ProxyConfig proxy) {
            this.proxy = Optional.of(proxy);
            return this;
        }

        /**
         * The settings collected.
         *
         * @throws IllegalArgumentException naming what is wrong, without credentials
         */
        public ClientConfig build() {
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(headers);
            List<URI> given = urls.stream().map(Builder::parse).toList();
            Set<String> users = given.stream()
                    .map(URI::getRawUserInfo)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            if (users.size() > 1) {
                throw new IllegalArgumentException("Invalid client settings: the urls hold different credentials");
            }
            for (String user : users) {
                if (all.put(AUTHORIZATION, decodedBasic(user)) != null) {
                    throw new IllegalArgumentException(
                            "Invalid client settings: credentials are given twice, in the url"
                                    + " and in the header Authorization");
                }
            }
            return new ClientConfig(
                    given.stream().map(Builder::bare).toList(),
                    randomize,
                    deadline,
                    connectTimeout,
                    answerTimeout,
                    all,
                    tokens,
                    oauth,
                    maxAnswerSize,
                    maxConnections,
                    retries,
                    caches,
                    store,
                    tls,
                    proxy);
        }

        private static URI parse(String url) {
            if (url.isBlank()) {
                throw new IllegalArgumentException("Invalid client settings: url is missing");
            }
            try {
                return new URI(url.trim());
            } catch (URISyntaxException e) {
                if (!url.contains("://")) {
                    throw new IllegalArgumentException("Invalid client settings: url '" + withoutCredentials(url.trim())
                            + "' must begin with http:// or https://");
                }
                // Neither the cause nor its message may be shown: both quote the URL with its password.
                throw new IllegalArgumentException("Invalid client settings: url '" + withoutCredentials(url.trim())
                        + "' is malformed: " + e.getReason() + " (special characters of a user or a password must be"
                        + " percent-encoded)");
            }
        }

        private static URI bare(URI url) {
            String text = url.toString();
            String userInfo = url.getRawUserInfo();
            if (userInfo != null) {
                text = text.replaceFirst(Pattern.quote(userInfo + "@"), "");
            }
            while (text.endsWith("/")) {
                text = text.substring(0, text.length() - 1);
            }
            return URI.create(text);
        }

        private static String decodedBasic(String rawUserInfo) {
            int colon = rawUserInfo.indexOf(':');
            return basic(
                    decoded(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon)),
                    decoded(colon < 0 ? "" : rawUserInfo.substring(colon + 1)));
        }

        private static String basic(String user, String password) {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        }
    }
}
