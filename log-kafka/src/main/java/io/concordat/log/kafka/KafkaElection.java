package io.concordat.log.kafka;

import io.concordat.engine.cluster.Leadership;
import io.concordat.engine.cluster.Member;
import io.concordat.log.kafka.Identity.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The election of existing registries: by Kafka's group protocol, with their JSON, so that nodes of both makes can be in one
 * group. Among nodes of this make, and where others are set so, the leader stays the leader until it leaves.
 */
public final class KafkaElection implements Leadership {
    private static final Logger LOG = System.getLogger(KafkaElection.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String ABOUT_TO_STOP = "this node is about to stop";

    private final KafkaLogSettings settings;
    private final Member self;
    private final BooleanSupplier fenced;
    private final GroupMember group;
    private final Thread thread;
    private final CountDownLatch resigned = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // Joining gives it.
    private Listener listener;

    private volatile boolean eligible;
    private volatile boolean leads;
    private volatile boolean closed;
    private @Nullable String trouble;

    /** What was said last of a leader that writes otherwise than this node would. */
    private @Nullable String disagreement;

    /**
     * @param self where the others reach this node
     * @param fenced whether it writes in transactions
     */
    public KafkaElection(KafkaLogSettings settings, ElectionSettings election, Member self, BooleanSupplier fenced) {
        this.settings = settings;
        this.self = self;
        this.fenced = fenced;
        eligible = election.eligible();
        group = GroupMember.of(settings, election, new OwnBallots());
        thread = new Thread(this::run, "concordat-election " + settings.group());
        thread.setDaemon(true);
    }

    @Override
    public void join(Listener newListener) {
        listener = newListener;
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                group.poll(POLL);
                trouble = null;
            } catch (WakeupException e) {
                LOG.log(Level.TRACE, "Something is to be done at once");
            } catch (RuntimeException e) {
                report(KafkaFailures.reason(e));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        try {
            group.leave();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The group was not left in good order", e);
        }
    }

    private void report(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.log(
                    Level.WARNING,
                    () -> "Taking part in the election of the group '" + settings.group() + "' fails, trying on: "
                            + why);
        }
    }

    @Override
    public void reelect() {
        leads = false;
        group.reelect("the log has another writer");
    }

    @Override
    public boolean resign(Duration patience) {
        if (!eligible) {
            return true;
        }
        eligible = false;
        group.reelect(ABOUT_TO_STOP);
        try {
            return resigned.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        group.wakeUp();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What this node says and hears. */
    private final class OwnBallots implements GroupMember.Ballots {
        /** Whether the identity of the election under way said that this node cannot lead. */
        private boolean saidIneligible;

        private long epoch;

        @Override
        public byte[] identity() {
            saidIneligible = !eligible;
            return new Identity(self, eligible, leads && eligible, Optional.of(log())).bytes();
        }

        private Identity.Log log() {
            return new Identity.Log(settings.topic(), fenced.getAsBoolean());
        }

        @Override
        public byte[] count(Map<String, byte[]> identities) {
            Map<String, Identity> members = new HashMap<>();
            identities.forEach((id, bytes) -> {
                try {
                    members.put(id, Identity.of(bytes));
                } catch (RuntimeException e) {
                    LOG.log(
                            Level.WARNING,
                            () -> "The member " + id + " of the group '" + settings.group()
                                    + "' cannot be elected, as it cannot be understood: " + e.getMessage());
                }
            });
            return Ballot.count(members).bytes();
        }

        @Override
        public void forgotten() {
            leads = false;
            listener.following(Optional.empty(), epoch);
        }

        @Override
        public void elected(long generation, String memberId, byte[] bytes) {
            epoch = generation;
            Verdict verdict = Verdict.of(bytes);
            leads = verdict.leaderId().filter(memberId::equals).isPresent();
            if (leads) {
                listener.leading(epoch);
            } else {
                if (verdict.error() != 0) {
                    LOG.log(
                            Level.ERROR,
                            () -> "The group '" + settings.group() + "' has no leader (error " + verdict.error()
                                    + "): several nodes may say that they are at one host and port");
                }
                follow(verdict.leader());
            }
            if (saidIneligible) {
                resigned.countDown();
            } else if (!eligible) {
                // It was asked to resign while this election was under way, and Kafka forgets what was wanted
                // meanwhile.
                group.reelect(ABOUT_TO_STOP);
            }
        }

        private void follow(Optional<Identity> leader) {
            Optional<String> stray = leader.flatMap(Identity::log)
                    .map(Identity.Log::topic)
                    .filter(topic -> !topic.equals(settings.topic()));
            if (stray.isPresent()) {
                listener.misled(
                        "The group '" + settings.group() + "' is led by "
                                + leader.get().member()
                                + ", which writes the topic '" + stray.get() + "' and not '" + settings.topic()
                                + "': each cluster needs a schema.registry.group.id of its own",
                        epoch);
                return;
            }
            leader.ifPresent(this::compareFencing);
            listener.following(leader.map(Identity::member), epoch);
        }

        /** A leader without fencing is not kept from writing by one with it. */
        private void compareFencing(Identity leader) {
            boolean ownWay = fenced.getAsBoolean();
            String said = leader.log()
                    .filter(log -> log.fenced() != ownWay)
                    .map(log -> "The leader " + leader.member() + " writes " + (log.fenced() ? "with" : "without")
                            + " fencing, this node would " + (ownWay ? "use it" : "not")
                            + ": the setting 'fencing' and the rights on the transactional id must be the same on all"
                            + " nodes")
                    .orElse(null);
            if (said != null && !said.equals(disagreement)) {
                LOG.log(Level.WARNING, said);
            }
            disagreement = said;
        }
    }
}
