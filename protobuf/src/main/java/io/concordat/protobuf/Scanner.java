package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import io.concordat.api.format.InvalidSchemaException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts the text of a .proto file into tokens, one at a time. For one thread. */
final class Scanner {
    private static final int SHOWN = 40;

    enum Kind {
        WORD,
        INTEGER,
        FLOAT,
        STRING,
        SYMBOL,
        END
    }

    private final String text;
    private int next;

    private Kind kind = Kind.END;
    private int start;
    private @Nullable ByteString string;

    Scanner(String text) {
        this.text = text;
        this.next = text.startsWith("\uFEFF") ? 1 : 0;
        advance();
    }

    Kind kind() {
        return kind;
    }

    /** The current token as it is written. */
    String token() {
        return text.substring(start, next);
    }

    /** What the current token, a string, stands for. */
    ByteString string() {
        if (string == null) {
            throw new IllegalStateException("The current token is no string");
        }
        return string;
    }

    boolean is(String token) {
        return kind != Kind.STRING
                && kind != Kind.END
                && next - start == token.length()
                && text.startsWith(token, start);
    }

    /** Goes on to the next token. */
    void advance() {
        skipBlanks();
        start = next;
        string = null;
        if (next == text.length()) {
            kind = Kind.END;
            return;
        }
        char first = text.charAt(next);
        if (isLetter(first)) {
            kind = Kind.WORD;
            next = wordEnd(next);
        } else if (isDigit(first) || (first == '.' && next + 1 < text.length() && isDigit(text.charAt(next + 1)))) {
            number();
        } else if (first == '"' || first == '\'') {
            kind = Kind.STRING;
            string = quoted(first);
        } else {
            kind = Kind.SYMBOL;
            next++;
        }
    }

    /** An error at the current token. */
    InvalidSchemaException error(String what) {
        return error(what, start);
    }

    /** An error that says what was expected instead of the current token. */
    InvalidSchemaException expected(String what) {
        String found = kind == Kind.END ? "the end of the text" : "'" + shown(token()) + "'";
        return error("expected " + what + ", but found " + found, start);
    }

    private InvalidSchemaException error(String what, int offset) {
        return new InvalidSchemaException("Could not parse Protobuf: " + place(offset) + ": " + what);
    }

    /** Where the current token begins. */
    int offset() {
        return start;
    }

    /** An offset in words. */
    String place(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (offset - lineStart + 1);
    }

    private static String shown(String token) {
        return token.length() <= SHOWN ? token : token.substring(0, SHOWN) + "...";
    }

    private void skipBlanks() {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (c == '/') {
                if (!skipComment()) {
                    return;
                }
            } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
                next++;
            } else {
                return;
            }
        }
    }

    private boolean skipComment() {
        if (text.startsWith("//", next)) {
            int end = text.indexOf('\n', next);
            next = end < 0 ? text.length() : end + 1;
            return true;
        }
        if (!text.startsWith("/*", next)) {
            return false;
        }
        int end = text.indexOf("*/", next + 2);
        if (end < 0) {
            throw error("the comment does not end", next);
        }
        next = end + 2;
        return true;
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private void number() {
        kind = Kind.INTEGER;
        if (text.charAt(next) == '0' && next + 1 < text.length() && (text.charAt(next + 1) | 0x20) == 'x') {
            next = wordEnd(next + 2);
            return;
        }
        boolean exponent = false;
        while (next < text.length()) {
            char c = text.charAt(next);
            boolean sign = (c == '-' || c == '+') && exponent && (text.charAt(next - 1) | 0x20) == 'e';
            if (c == '.' || ((c | 0x20) == 'e' && !exponent)) {
                exponent |= c != '.';
                kind = Kind.FLOAT;
            } else if (!sign && !isDigit(c)) {
                break;
            }
            next++;
        }
        if (next < text.length() && (text.charAt(next) | 0x20) == 'f' && wordEnd(next) == next + 1) {
            kind = Kind.FLOAT;
            next++;
        }
        if (next < text.length() && isLetter(text.charAt(next))) {
            throw error("a number must be followed by something else than a letter", next);
        }
    }

    private ByteString quoted(char quote) {
        ByteString.Output bytes = ByteString.newOutput();
        next++;
        while (true) {
            int from = next;
            while (next < text.length() && !ends(text.charAt(next), quote)) {
                next++;
            }
            byte[] plain = text.substring(from, next).getBytes(StandardCharsets.UTF_8);
            bytes.write(plain, 0, plain.length);
            if (next == text.length() || text.charAt(next) == '\n') {
                throw error("the string does not end on its line", start);
            }
            char end = text.charAt(next++);
            if (end == quote) {
                return bytes.toByteString();
            }
            escaped(bytes);
        }
    }

    private static boolean ends(char c, char quote) {
        return c == quote || c == '\\' || c == '\n';
    }

    private void escaped(ByteString.Output bytes) {
        char c = next < text.length() ? text.charAt(next) : 0;
        int simple = "abfnrtv\\'\"?".indexOf(c);
        if (c != 0 && simple >= 0) {
            next++;
            bytes.write("\u0007\b\f\n\r\t\u000B\\'\"?".charAt(simple));
        } else if (c >= '0' && c <= '7') {
            bytes.write((int) digits(8, 3));
        } else if (c == 'x' || c == 'X') {
            next++;
            bytes.write((int) digits(16, 2));
        } else if (c == 'u' || c == 'U') {
            next++;
            codePoint(bytes, c == 'u' ? 4 : 8);
        } else {
            throw error("an unknown escape in the string", next - 1);
        }
    }

    private void codePoint(ByteString.Output bytes, int length) {
        int from = next;
        long point = digits(16, length);
        if (next - from != length || point > Character.MAX_CODE_POINT) {
            throw error("an escape that is no character", from);
        }
        byte[] encoded = Character.toString((int) point).getBytes(StandardCharsets.UTF_8);
        bytes.write(encoded, 0, encoded.length);
    }

    private long digits(int radix, int most) {
        int from = next;
        long value = 0;
        while (next < text.length() && next - from < most && Character.digit(text.charAt(next), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(next++), radix);
        }
        if (next == from) {
            throw error("an escape without digits", from);
        }
        return value;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
