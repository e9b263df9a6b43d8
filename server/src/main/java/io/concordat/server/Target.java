package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path and the query of a request, decoded once: the path segment by segment, so that an encoded slash is part of a
 * segment.
 *
 * @param segments without matrix parameters and without the empty segment behind a trailing slash
 * @param query the values of each name, in order
 */
record Target(List<String> segments, Map<String, List<String>> query) {
    private static final String CONTEXTS = "contexts";

    /**
     * Takes a request target apart.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if it cannot be a path of this server
     */
    static Target parse(String uri) {
        String rest = withoutAuthority(uri);
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            rest = rest.substring(0, hash);
        }
        int mark = rest.indexOf('?');
        String path = mark < 0 ? rest : rest.substring(0, mark);
        return new Target(segments(path), mark < 0 ? Map.of() : query(rest.substring(mark + 1)));
    }

    /**
     * The context that the path begins with, if something follows it: {@code /contexts/{context}/...}.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if it cannot be the name of one
     */
    Optional<Context> context() {
        return segments.size() > 2 && segments.get(0).equals(CONTEXTS)
                ? Optional.of(context(segments.get(1)))
                : Optional.empty();
    }

    /** The same without the context that the path begins with. */
    Target withoutContext() {
        return new Target(segments.subList(2, segments.size()), query);
    }

    /**
     * The context of that name: with or without its dot, alone or as the prefix of a subject.
     *
     * @throws RegistryException {@link ErrorCode#BAD_REQUEST} if it cannot be the name of one
     */
    static Context context(String segment) {
        boolean isPrefix = segment.length() > 2 && segment.startsWith(":") && segment.endsWith(":");
        String name = isPrefix ? segment.substring(1, segment.length() - 1) : segment;
        try {
            return Context.of(name);
        } catch (IllegalArgumentException e) {
            throw bad("'" + segment + "' is no context: its name must not have a colon");
        }
    }

    private static String withoutAuthority(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        int scheme = uri.indexOf("://");
        int path = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        if (path < 0) {
            throw bad("The request target '" + uri + "' is not a path");
        }
        return uri.substring(path);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int start = 1;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end == start) {
                throw bad("The path has an empty segment; a slash inside a name is written %2F");
            }
            segments.add(segment(path.substring(start, end)));
            start = end + 1;
        }
        return segments;
    }

    private static String segment(String raw) {
        int matrix = raw.indexOf(';');
        String text = decoded(matrix < 0 ? raw : raw.substring(0, matrix), false);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw bad("The path has a control character");
            }
        }
        return text;
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
            values.computeIfAbsent(name, any -> new ArrayList<>(1))
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1), true));
        }
        return values;
    }

    private static String decoded(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0) {
            return plusIsSpace ? raw.replace('+', ' ') : raw;
        }
        byte[] bytes = raw.getBytes(UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                bytes[length++] = (byte) (hexDigit(bytes, i + 1, raw) << 4 | hexDigit(bytes, i + 2, raw));
                i += 2;
            } else {
                bytes[length++] = plusIsSpace && bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw bad("'" + raw + "' in the request target is not UTF-8");
        }
    }

    private static int hexDigit(byte[] bytes, int at, String raw) {
        int digit = at < bytes.length && bytes[at] > 0 ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw bad("'" + raw + "' in the request target has a '%' that two hexadecimal digits do not follow");
        }
        return digit;
    }

    private static RegistryException bad(String message) {
        return new RegistryException(ErrorCode.BAD_REQUEST, message);
    }
}
