package io.concordat.dev;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/** The manners of a broker that shares its process with others: it neither ends the process nor fills the terminal. */
final class KafkaGuest {
    private static final System.Logger LOG = System.getLogger(DevBroker.class.getName());

    /** Kept here because java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"), Logger.getLogger("state.change.logger"));

    private KafkaGuest() {}

    static synchronized void prepare() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.SEVERE);
            }
        }
        Exit.setExitProcedure(KafkaGuest::refuse);
        Exit.setHaltProcedure(KafkaGuest::refuse);
    }

    private static void refuse(int status, @Nullable String message) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "The broker has failed and wanted to end the process with status " + status
                        + (message == null ? "" : ": " + message));
        throw new IllegalStateException("the broker has failed");
    }

    static boolean isTakenPort(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
