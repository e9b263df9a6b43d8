package io.concordat.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where the command speaks to the person who called it.
 *
 * @param out results
 * @param err problems and warnings
 * @param style whether {@code out} is a terminal that may be given colours
 */
record Console(PrintStream out, PrintStream err, Style style) {
    /** How text may be marked up. */
    enum Style {
        PLAIN,
        COLOUR
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    void error(String line) {
        err.println(line);
        err.flush();
    }

    String bold(String text) {
        return marked("1", text);
    }

    String faint(String text) {
        return marked("2", text);
    }

    String bad(String text) {
        return marked("31", text);
    }

    String good(String text) {
        return marked("32", text);
    }

    private String marked(String code, String text) {
        return style == Style.COLOUR ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The same as {@code out}, in the same encoding. */
    PrintWriter outWriter() {
        return new PrintWriter(new StreamWriter(out), true);
    }

    /** The same as {@code err}, in the same encoding. */
    PrintWriter errWriter() {
        return new PrintWriter(new StreamWriter(err), true);
    }

    private static final class StreamWriter extends Writer {
        private final PrintStream stream;

        StreamWriter(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            stream.print(new String(text, offset, length));
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
