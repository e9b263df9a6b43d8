package io.concordat.log.kafka;

import io.concordat.engine.log.LogException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/** Kafka's failures in the words of the log. */
final class KafkaFailures {
    private KafkaFailures() {}

    /** The outcome of a request, or what went wrong. */
    static <T> T await(KafkaFuture<T> future, long millis, String what) {
        try {
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException(what + ": interrupted", e);
        } catch (TimeoutException e) {
            throw new LogException(what + ": no answer within " + millis + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LogException(what + ": " + reason(cause), cause);
        }
    }

    /** What a failure says, and which right or setting is missing if it is that. */
    static String reason(Throwable failure) {
        return said(failure) + advice(failure);
    }

    /** What it and its causes say, as far as they say more than the one before. */
    private static String said(Throwable failure) {
        StringBuilder said = new StringBuilder(own(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (said.indexOf(own(cause)) < 0) {
                said.append(": ").append(own(cause));
            }
        }
        return said.toString();
    }

    private static String own(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static String advice(Throwable failure) {
        if (failure instanceof AuthorizationException) {
            return " (an ACL is missing)";
        }
        if (failure instanceof SslAuthenticationException) {
            return " (check the clients' ssl.truststore.* and ssl.keystore.*, and that the brokers' certificate names their"
                    + " host)";
        }
        return failure instanceof AuthenticationException
                ? " (check the clients' sasl.mechanism and sasl.jaas.config)"
                : "";
    }

    /** Whether nobody has answered, so that somebody may yet. */
    static boolean isSilence(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof org.apache.kafka.common.errors.TimeoutException;
    }

    /** Whether somebody else writes in the producer's place. */
    static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /** What the caller of a blocking method of Kafka is told wraps what happened. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Client settings with others on top. */
    static Map<String, Object> with(Map<String, String> clients, Map<String, Object> own) {
        Map<String, Object> all = new java.util.HashMap<>(clients);
        all.putAll(own);
        return all;
    }
}
