package io.concordat.dev;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** Kafka's server, with the manners of a guest: it neither ends the process nor fills the terminal. */
final class KafkaNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DevBroker.class.getName());
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    /** Kept here because java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"), Logger.getLogger("state.change.logger"));

    /** Of Log4j's interface, which the broker touches for its own ends: it complains where Log4j itself is missing. */
    private static final String LOG4J_COMPLAINTS = "org.apache.logging.log4j.simplelog.StatusLogger.level";

    private static final String FAILED = "the broker has failed";

    private static final AtomicInteger STARTING = new AtomicInteger();

    private final KafkaRaftServer server;

    private KafkaNode(KafkaRaftServer server) {
        this.server = server;
    }

    /** Starts a server and waits until it answers. If it fails, that is thrown, and nothing is left running or logged. */
    static KafkaNode start(Map<String, String> properties) {
        prepare();
        List<Logger> muted = mute();
        STARTING.incrementAndGet();
        try {
            KafkaNode node = new KafkaNode(new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM));
            try {
                node.server.startup();
                return node;
            } catch (RuntimeException | Error e) {
                node.close();
                throw e;
            }
        } finally {
            STARTING.decrementAndGet();
            muted.forEach(logger -> logger.setLevel(Level.SEVERE));
        }
    }

    private static synchronized void prepare() {
        if (System.getProperty(LOG4J_COMPLAINTS) == null) {
            System.setProperty(LOG4J_COMPLAINTS, "OFF");
        }
        Exit.setExitProcedure(KafkaNode::refuse);
        Exit.setHaltProcedure(KafkaNode::refuse);
    }

    /** Mutes those loggers whose level is none of the user's. */
    private static List<Logger> mute() {
        List<Logger> ours = LOGGERS.stream()
                .filter(logger -> logger.getLevel() == null || Level.SEVERE.equals(logger.getLevel()))
                .toList();
        ours.forEach(logger -> logger.setLevel(Level.OFF));
        return ours;
    }

    private static void refuse(int status, @Nullable String message) {
        // While it starts, the failure is thrown to whoever starts it.
        LOG.log(
                STARTING.get() > 0 ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
                () -> "The broker has failed and wanted to end the process with status " + status
                        + (message == null ? "" : ": " + message));
        throw new IllegalStateException(FAILED);
    }

    /** Whether that failure is a port that somebody else listens on. */
    static boolean isTakenPort(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the server wanted to end the process, without a word about why. */
    static boolean isFailure(Throwable failure) {
        return FAILED.equals(failure.getMessage());
    }

    /** Where the parts of Kafka print that print. */
    static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    /** Stops the server. One that does not stop in time is left to itself, on a thread that keeps no process alive. */
    @Override
    public void close() {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stopper = new Thread(
                () -> {
                    shutdown();
                    stopped.countDown();
                },
                "dev-broker-shutdown");
        stopper.setDaemon(true);
        stopper.start();
        try {
            if (!stopped.await(SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "The broker did not stop within " + SHUTDOWN_LIMIT.toSeconds() + " s and is left alone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutdown() {
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The broker did not stop cleanly", e);
        }
    }
}
