package io.concordat.client;

import io.concordat.client.NoAnswerException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A registry with one door or several: stays with the one that answers, goes on to the next where one does not, and tries
 * all of them again after a pause, as often as it is allowed to and as the deadline leaves time for.
 *
 * <p>A round in which every door was shut counts for nothing: a call waits for them to open, unless they have been shut
 * for longer than its deadline already. Then it fails at once.
 */
final class FailoverTransport implements Transport {
    private final List<Door> doors;
    private final RetryConfig retries;
    private final Time time;
    private final DoubleSupplier random;
    private final Outage outage;
    private volatile int current;

    /**
     * @param first the door to begin with
     * @param random from 0 to 1
     */
    FailoverTransport(
            List<Door> doors, int first, RetryConfig retries, Time time, DoubleSupplier random, Outage outage) {
        this.doors = List.copyOf(doors);
        this.current = first;
        this.retries = retries;
        this.time = time;
        this.random = random;
        this.outage = outage;
    }

    @Override
    public Answer send(Call call, Deadline deadline) {
        int repeated = 0;
        while (true) {
            Outcome outcome = round(call, deadline);
            if (outcome != null && (isFinal(outcome, call, deadline) || repeated++ == retries.retries())) {
                return outcome.get();
            }
            long pause = pause(repeated);
            if (pause >= deadline.nanosLeft() || (outcome == null && isHopeless(deadline))) {
                return orAway(outcome);
            }
            sleep(pause);
        }
    }

    /** Asks once, wherever that is possible now, without any pause. */
    Answer sendOnce(Call call, Deadline deadline) {
        return orAway(round(call, deadline));
    }

    private Answer orAway(@Nullable Outcome outcome) {
        if (outcome == null) {
            throw away();
        }
        return outcome.get();
    }

    /** Tries each door that is not shut until one answers; null if all were shut. */
    private @Nullable Outcome round(Call call, Deadline deadline) {
        Outcome last = null;
        int start = current;
        for (int i = 0; i < doors.size(); i++) {
            int index = (start + i) % doors.size();
            Outcome outcome = doors.get(index).attempt(call, deadline);
            if (outcome == null) {
                continue;
            }
            if (outcome.isAnswer() && !outcome.isTransient()) {
                current = index;
                outage.end();
                return outcome;
            }
            noticeOutage(outcome);
            if (!outcome.mayGoElsewhere() || mustStop(outcome, call, deadline)) {
                return outcome;
            }
            last = moreHopeful(last, outcome);
        }
        return last;
    }

    /** As long as one door may open again by itself, it is worth to come back. */
    private static Outcome moreHopeful(@Nullable Outcome earlier, Outcome later) {
        return earlier != null && earlier.isTransient() && !later.isTransient() ? earlier : later;
    }

    private static boolean isFinal(Outcome outcome, Call call, Deadline deadline) {
        return !outcome.isTransient() || mustStop(outcome, call, deadline);
    }

    private static boolean mustStop(Outcome outcome, Call call, Deadline deadline) {
        return outcome.isInterrupted() || deadline.isOver() || (!call.isRepeatable() && outcome.maybeCarriedOut());
    }

    private void noticeOutage(Outcome outcome) {
        if (!outage.isOn() && doors.stream().allMatch(door -> door.breaker().isShut())) {
            outage.begin("The schema registry at " + urls() + " is out of reach: it failed " + CircuitBreaker.FAILURES
                    + " times in a row, the last time because " + outcome.description());
        }
    }

    /** Full jitter, but not before a door opens. */
    private long pause(int repetition) {
        long jitter = (long) (random.getAsDouble() * longest(repetition));
        return untilOneOpens() + Math.max(jitter, 1);
    }

    private long longest(int repetition) {
        long doubled = retries.pause().toNanos() << Math.min(Math.max(0, repetition - 1), 20);
        long most = retries.longestPause().toNanos();
        return doubled < 0 || doubled > most ? most : doubled;
    }

    private long untilOneOpens() {
        return doors.stream().mapToLong(door -> door.breaker().waitTime()).min().orElse(0);
    }

    private void sleep(long nanos) {
        try {
            time.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NoAnswerException.unreachable(
                    Reason.INTERRUPTED, "Interrupted while waiting to ask the registry at " + urls() + " again", e);
        }
    }

    private boolean isHopeless(Deadline deadline) {
        return doors.stream()
                .allMatch(door -> door.breaker().shutFor() > deadline.limit().toNanos());
    }

    private NoAnswerException away() {
        long next = Duration.ofNanos(untilOneOpens()).toMillis();
        return NoAnswerException.unreachable(
                Reason.NOT_SENT,
                "The schema registry at " + urls() + " is out of reach; it is tried again in " + next + " ms",
                null);
    }

    private String urls() {
        return doors.stream().map(door -> door.url().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        doors.forEach(Door::close);
    }
}
