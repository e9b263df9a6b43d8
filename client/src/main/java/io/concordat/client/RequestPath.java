package io.concordat.client;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The path and query of a request under construction. Every character of a name arrives as it was. */
final class RequestPath {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final StringBuilder text = new StringBuilder();
    private boolean hasQuery;

    private RequestPath() {}

    /** A path of fixed segments. */
    static RequestPath of(String path) {
        RequestPath result = new RequestPath();
        result.text.append(path);
        return result;
    }

    RequestPath segment(String segment) {
        text.append('/').append(encoded(segment));
        return this;
    }

    /** @throws RegistryException {@link ErrorCode#INVALID_SUBJECT} for a name that no server lets through */
    RequestPath subject(Subject subject) {
        if (subject.name().chars().anyMatch(Character::isISOControl)) {
            throw new RegistryException(
                    ErrorCode.INVALID_SUBJECT, "The subject '" + printable(subject) + "' holds a control character");
        }
        return segment(onTheWire(subject));
    }

    private static String printable(Subject subject) {
        return CONTROL.matcher(subject.qualified())
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    RequestPath parameter(String name, String value) {
        text.append(hasQuery ? '&' : '?').append(name).append('=').append(encoded(value));
        hasQuery = true;
        return this;
    }

    /** A parameter that is false unless given. */
    RequestPath flag(String name, boolean value) {
        return value ? parameter(name, "true") : this;
    }

    /**
     * The subject's name, with the default context named where the bare name would mean something else: another context, or,
     * as a segment of a path, another path.
     */
    private static String onTheWire(Subject subject) {
        String name = subject.name();
        boolean ambiguous = name.isEmpty() || name.equals(".") || name.equals("..") || name.startsWith(":.");
        return subject.context().isDefault() && ambiguous
                ? ":" + Context.DEFAULT.name() + ":" + name
                : subject.qualified();
    }

    private static String encoded(String value) {
        StringBuilder result = new StringBuilder(value.length() + 16);
        ByteBuffer bytes = utf8(value);
        while (bytes.hasRemaining()) {
            int octet = bytes.get() & 0xff;
            if (UNRESERVED.indexOf(octet) >= 0) {
                result.append((char) octet);
            } else {
                result.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xf));
            }
        }
        return result.toString();
    }

    private static ByteBuffer utf8(String value) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new RegistryException(
                    ErrorCode.INVALID_SUBJECT, "The name '" + value + "' holds half a character (a lone surrogate)", e);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
