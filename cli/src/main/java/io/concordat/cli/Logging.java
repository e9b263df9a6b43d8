package io.concordat.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the command lets the libraries below it say: warnings, one line each, on stderr. */
final class Logging {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    /** Kept here because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private static final Logger SERVER = Logger.getLogger("io.concordat.server");

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
        // What matters of its troubles is said by those who use it.
        KAFKA.setLevel(Level.SEVERE);
    }

    /** Lets the server say what becomes of it in its cluster. */
    static void tellOfRoles() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            SERVER.setLevel(Level.INFO);
        }
    }
}
