package io.concordat.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the command lets the libraries below it say: warnings, one line each, on stderr. */
final class Logging {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    private Logging() {}

    /** Has an effect before the first line is logged; a logging configuration of the user's own wins. */
    static void quiet() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tT %4$s %5$s%6$s%n");
        }
        Logger.getLogger("").setLevel(Level.WARNING);
    }
}
