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
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a registry is reached over HTTP.
 *
 * @param url where it is, without credentials, query or final slash
 * @param deadline how long one call may take as a whole: connecting, asking, and reading the answer to its end
 * @param headers sent with every request, in any case of their names; {@code Authorization} holds the credentials
 * @param maxAnswerSize the most bytes an answer may have
 */
public record ClientConfig(URI url, Duration deadline, Map<String, String> headers, int maxAnswerSize) {
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
    private static final int DEFAULT_MAX_ANSWER_SIZE = 64 << 20;
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
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(deadline, "deadline");
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
        List<String> problems = new ArrayList<>(problemsOf(url));
        headers.forEach((name, value) -> problems.addAll(problemsOf(name, value)));
        if (deadline.isZero() || deadline.isNegative()) {
            problems.add("deadline must be positive, found " + deadline);
        }
        if (maxAnswerSize < 1) {
            problems.add("maxAnswerSize must be positive, found " + maxAnswerSize);
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

    /** Where and how, without the values of headers. */
    @Override
    public String toString() {
        return "ClientConfig[url=" + url + ", deadline=" + deadline + ", headers=" + headers.keySet()
                + ", maxAnswerSize=" + maxAnswerSize + "]";
    }

    /** Collects settings. Not safe for many threads. */
    public static final class Builder {
        private String url = "";
        private Duration deadline = DEFAULT_DEADLINE;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private int maxAnswerSize = DEFAULT_MAX_ANSWER_SIZE;

        private Builder() {}

        /**
         * Where the registry is, such as {@code https://user:password@host:8081/path}. User and password are percent-decoded
         * and sent as basic authentication.
         */
        public Builder url(String url) {
            this.url = Objects.requireNonNull(url, "url");
            return this;
        }

        /** How long one call may take as a whole; 10 seconds by default. */
        public Builder deadline(Duration deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            return this;
        }

        /** A header for every request. */
        public Builder header(String name, String value) {
            headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** The most bytes an answer may have; 64 MiB by default. */
        public Builder maxAnswerSize(int bytes) {
            this.maxAnswerSize = bytes;
            return this;
        }

        /**
         * The settings collected.
         *
         * @throws IllegalArgumentException naming what is wrong, without credentials
         */
        public ClientConfig build() {
            URI given = parse(url);
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(headers);
            String userInfo = given.getRawUserInfo();
            if (userInfo != null && all.put(AUTHORIZATION, basic(userInfo)) != null) {
                throw new IllegalArgumentException(
                        "Invalid client settings: credentials are given twice, in the url and"
                                + " in the header Authorization");
            }
            return new ClientConfig(bare(given), deadline, all, maxAnswerSize);
        }

        private static URI parse(String url) {
            if (url.isBlank()) {
                throw new IllegalArgumentException("Invalid client settings: url is missing");
            }
            try {
                return new URI(url.trim());
            } catch (URISyntaxException e) {
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

        private static String basic(String rawUserInfo) {
            int colon = rawUserInfo.indexOf(':');
            String user = colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon);
            String password = colon < 0 ? "" : rawUserInfo.substring(colon + 1);
            String plain = decoded(user) + ":" + decoded(password);
            return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        }
    }
}
