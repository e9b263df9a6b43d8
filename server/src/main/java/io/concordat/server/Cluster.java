package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.cluster.Leadership;
import io.concordat.engine.cluster.Member;
import io.concordat.engine.log.LogException;
import io.concordat.log.kafka.KafkaEventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part that this node plays in a cluster: it leads, or it follows.
 *
 * <p>What elections say is acted upon one after the other, on a thread of its own. Safe for many threads.
 */
final class Cluster implements Leadership.Listener, AutoCloseable {
    private static final Logger LOG = System.getLogger(RegistryServer.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(15);

    private final RegistryEngine engine;
    private final KafkaEventLog log;
    private final List<String> forwardedHeaders;
    private final ScheduledExecutorService roles;
    private final Duration session;
    private volatile View view = View.of(Role.JOINING);
    private final Set<CompletableFuture<@Nullable Void>> changes = ConcurrentHashMap.newKeySet();
    private volatile long epoch = -1;

    /** When everything that had been written by then had been replayed, by the system's nanoseconds. */
    private volatile long knownAt = System.nanoTime();

    /** Whether the last election was for this node. */
    private volatile boolean elected;

    @SuppressWarnings("NullAway.Init") // Joining gives it.
    private volatile Leadership leadership;

    enum Role {
        /** It has not heard of any election yet. */
        JOINING,
        FOLLOWING,
        /** It has been elected and makes sure that nobody else writes. */
        PROMOTING,
        LEADING
    }

    /**
     * What is known of the cluster at one moment.
     *
     * @param leader who leads, if that is another node and known
     * @param obstacle why whoever leads cannot be followed, if that is so
     */
    record View(Role role, Optional<Member> leader, Optional<String> obstacle) {
        static View of(Role role) {
            return new View(role, Optional.empty(), Optional.empty());
        }

        static View following(Optional<Member> leader) {
            return new View(Role.FOLLOWING, leader, Optional.empty());
        }
    }

    /** @param session how long this node may be silent before the others elect anew */
    Cluster(RegistryEngine engine, KafkaEventLog log, List<String> forwardedHeaders, Duration session) {
        this.engine = engine;
        this.log = log;
        this.session = session;
        this.forwardedHeaders = forwardedHeaders;
        roles = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "concordat-role");
            thread.setDaemon(true);
            return thread;
        });
    }

    void join(Leadership newLeadership) {
        leadership = newLeadership;
        newLeadership.join(this);
    }

    View view() {
        return view;
    }

    /** Completes when a view no longer holds, and sometimes for no reason. Who does not wait any more completes it himself. */
    @SuppressWarnings("CollectionUndefinedEquality") // It is that very one which is meant.
    CompletableFuture<@Nullable Void> changeSince(View seen) {
        CompletableFuture<@Nullable Void> change = new CompletableFuture<>();
        changes.add(change);
        CompletableFuture<@Nullable Void> unused = change.whenComplete((done, never) -> changes.remove(change));
        if (!view.equals(seen)) {
            change.complete(null);
        }
        return change;
    }

    /** The number of the last election; -1 before the first. */
    long epoch() {
        return epoch;
    }

    KafkaEventLog log() {
        return log;
    }

    /** Notes that everything has been replayed that had been written at a moment. */
    void knowsAllOf(long nanos) {
        knownAt = nanos;
    }

    /**
     * Whether this node, if it leads, has not looked for so long whether it still does that another one may lead by now: it was
     * paused, say. Each commit is a look.
     */
    boolean isOutOfTouch() {
        long now = System.nanoTime();
        return Math.min(now - knownAt, now - log.committedAt()) > session.toNanos() / 2;
    }

    List<String> forwardedHeaders() {
        return forwardedHeaders;
    }

    @Override
    public void leading(long newEpoch) {
        epoch = newEpoch;
        elected = true;
        execute(() -> {
            if (elected && !engine.leads()) {
                turn(View.of(Role.PROMOTING));
                promote(newEpoch, true);
            }
        });
    }

    private void promote(long since, boolean first) {
        if (!elected) {
            return;
        }
        try {
            engine.lead();
            turn(View.of(Role.LEADING));
            LOG.log(Level.INFO, () -> "This node leads since election " + since);
        } catch (RuntimeException e) {
            if (first) {
                LOG.log(Level.WARNING, "This node has been elected, but cannot write the log yet: " + e.getMessage());
            }
            ScheduledFuture<?> unused =
                    roles.schedule(() -> promote(since, false), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void following(Optional<Member> leader, long newEpoch) {
        epoch = newEpoch;
        elected = false;
        execute(() -> {
            if (elected) {
                return;
            }
            boolean news = turn(View.following(leader));
            engine.follow();
            if (news) {
                LOG.log(
                        Level.INFO,
                        () -> leader.map(member -> "This node follows " + member)
                                .orElse("This node waits for a leader to be elected"));
                leader.filter(member -> !member.ours()).ifPresent(this::settleFor);
            }
        });
    }

    @Override
    public void misled(String why, long newEpoch) {
        epoch = newEpoch;
        elected = false;
        execute(() -> {
            if (elected) {
                return;
            }
            boolean news = turn(new View(Role.FOLLOWING, Optional.empty(), Optional.of(why)));
            engine.follow();
            if (news) {
                LOG.log(Level.ERROR, why);
            }
        });
    }

    /** A leader of another make cannot end what ours has begun. */
    private void settleFor(Member leader) {
        try {
            log.endTransactions();
        } catch (LogException e) {
            LOG.log(Level.DEBUG, () -> "Before " + leader + ", nobody could be fenced: " + e.getMessage());
        }
    }

    /** Called by the engine when somebody else has become the writer. */
    void deposed() {
        execute(() -> {
            if (engine.leads()) {
                return;
            }
            LOG.log(Level.WARNING, "Another node writes the log now: an election will tell which one");
            elected = false;
            turn(View.of(Role.FOLLOWING));
            leadership.reelect();
        });
    }

    /** Whether that is something new. */
    private boolean turn(View turned) {
        if (turned.equals(view)) {
            return false;
        }
        view = turned;
        // A copy: whoever is woken may wait for the next change.
        List.copyOf(changes).forEach(change -> change.complete(null));
        return true;
    }

    private void execute(Runnable work) {
        try {
            roles.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "What an election has come to could not be acted upon", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The node is about to stop: elections do not matter any more");
        }
    }

    /** Hands the leading over if there is somebody to take it; this node goes on as a follower. Waits for it. */
    void handOver() {
        Role role = view.role();
        if (role != Role.LEADING && role != Role.PROMOTING) {
            return;
        }
        Optional<String> trouble = log.trouble();
        if (trouble.isPresent()) {
            LOG.log(Level.WARNING, () -> "The leading cannot be handed over: " + trouble.get());
            return;
        }
        LOG.log(Level.INFO, "This node is about to stop and hands the leading over");
        if (leadership.resign(LONGEST_HANDOVER)) {
            LOG.log(Level.INFO, "The leading has been handed over, if there is another node that can lead");
        } else {
            LOG.log(Level.WARNING, "The leading could not be handed over within " + LONGEST_HANDOVER);
        }
    }

    /** Leaves the cluster. */
    @Override
    public void close() {
        if (leadership != null) {
            leadership.close();
        }
        roles.shutdownNow();
    }
}
