package io.concordat.log.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.GroupRebalanceConfig;
import org.apache.kafka.clients.Metadata;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.internals.AbstractCoordinator;
import org.apache.kafka.clients.consumer.internals.ConsumerNetworkClient;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/**
 * A member of a Kafka group that is none of consumers.
 *
 * <p>The one class that touches Kafka's internals. One thread polls it; any thread may ask for a new election.
 */
final class GroupMember extends AbstractCoordinator {
    private static final String PROTOCOL_TYPE = "sr";
    private static final String PROTOCOL = "v0";
    private static final int REQUEST_MILLIS = 4_000;
    private static final int NO_GENERATION = -1;

    private final Ballots ballots;
    private final Metrics metrics;

    /** What the member has to say and to hear. Called by the polling thread. */
    interface Ballots {
        /** What this node says of itself. */
        byte[] identity();

        /** What comes out of an election that this member counts. */
        byte[] count(Map<String, byte[]> identities);

        /** The group has forgotten this member; whatever it was in the group, it is not any more. */
        void forgotten();

        /** An election is over. */
        void elected(long generation, String memberId, byte[] verdict);
    }

    private GroupMember(
            GroupRebalanceConfig group,
            LogContext context,
            ConsumerNetworkClient client,
            Metrics metrics,
            Ballots ballots) {
        super(group, context, client, metrics, "concordat-election", Time.SYSTEM);
        this.ballots = ballots;
        this.metrics = metrics;
    }

    static GroupMember of(KafkaLogSettings settings, ElectionSettings election, Ballots ballots) {
        ConsumerConfig config =
                new ConsumerConfig(KafkaFailures.with(settings.clients(), properties(settings, election)));
        LogContext context = new LogContext("[group " + settings.group() + "] ");
        Metrics metrics = new Metrics();
        Metadata metadata = new BrokersOnly(config, context);
        metadata.bootstrap(ClientUtils.parseAndValidateAddresses(config));
        ConsumerNetworkClient client = new ConsumerNetworkClient(
                context,
                ClientUtils.createNetworkClient(
                        config,
                        metrics,
                        "concordat",
                        context,
                        new ApiVersions(),
                        Time.SYSTEM,
                        100,
                        metadata,
                        null,
                        null),
                metadata,
                Time.SYSTEM,
                config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG),
                REQUEST_MILLIS,
                Integer.MAX_VALUE);
        GroupRebalanceConfig group = new GroupRebalanceConfig(
                (int) election.sessionTimeout().toMillis(),
                (int) election.rebalanceTimeout().toMillis(),
                (int) election.heartbeatInterval().toMillis(),
                settings.group(),
                Optional.empty(),
                "",
                config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG),
                config.getLong(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG));
        return new GroupMember(group, context, client, metrics, ballots);
    }

    private static Map<String, Object> properties(KafkaLogSettings settings, ElectionSettings election) {
        Map<String, Object> own = new HashMap<>();
        own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, "concordat-election-" + settings.group());
        own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        own.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 50L);
        own.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
        own.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        own.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        own.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000L);
        own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                election.sessionTimeout().toMillis());
        own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                election.heartbeatInterval().toMillis());
        return own;
    }

    /** Knows the brokers of a cluster, and no topic: that takes no right. */
    private static final class BrokersOnly extends Metadata {
        BrokersOnly(ConsumerConfig config, LogContext context) {
            super(
                    config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG),
                    config.getLong(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                    config.getLong(ConsumerConfig.METADATA_MAX_AGE_CONFIG),
                    context,
                    new ClusterResourceListeners());
        }

        @Override
        protected MetadataRequest.Builder newMetadataRequestBuilder() {
            return new MetadataRequest.Builder(List.of(), false);
        }
    }

    /** Keeps the membership up: joins, takes part in elections, is heard of. Returns after a while. */
    void poll(Duration patience) {
        Timer timer = time.timer(patience);
        do {
            if (coordinatorUnknown() && !ensureCoordinatorReady(time.timer(timer.remainingMs()))) {
                return;
            }
            if (rejoinNeededOrPending()) {
                ensureActiveGroup();
            }
            long now = time.milliseconds();
            pollHeartbeat(now);
            client.poll(time.timer(Math.min(timer.remainingMs(), Math.max(1, timeToNextHeartbeat(now)))));
            timer.update();
        } while (timer.notExpired());
    }

    /** Ends a waiting {@link #poll} soon. */
    void wakeUp() {
        client.wakeup();
    }

    @Override
    protected String protocolType() {
        return PROTOCOL_TYPE;
    }

    @Override
    protected JoinGroupRequestProtocolCollection metadata() {
        return new JoinGroupRequestProtocolCollection(
                List.of(new JoinGroupRequestProtocol().setName(PROTOCOL).setMetadata(ballots.identity()))
                        .iterator());
    }

    @Override
    protected boolean onJoinPrepare(Timer timer, int generation, String memberId) {
        if (generation == NO_GENERATION) {
            ballots.forgotten();
        }
        return true;
    }

    @Override
    protected Map<String, ByteBuffer> onLeaderElected(
            String counterId, String protocol, List<JoinGroupResponseMember> members, boolean skipAssignment) {
        Map<String, byte[]> identities = new HashMap<>();
        members.forEach(member -> identities.put(member.memberId(), member.metadata()));
        byte[] verdict = ballots.count(identities);
        Map<String, ByteBuffer> told = new HashMap<>();
        identities.keySet().forEach(id -> told.put(id, ByteBuffer.wrap(verdict)));
        return told;
    }

    @Override
    protected void onJoinComplete(int generation, String memberId, String protocol, ByteBuffer assignment) {
        byte[] verdict = new byte[assignment.remaining()];
        assignment.get(verdict);
        ballots.elected(generation, memberId, verdict);
    }

    /** Leaves the group and lets go of everything. For the polling thread. */
    void leave() {
        close(time.timer(Duration.ofSeconds(1)), GroupMembershipOperation.LEAVE_GROUP);
        metrics.close();
        try {
            client.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Has an election held. On any thread. */
    void reelect(String why) {
        requestRejoin(why);
        wakeUp();
    }
}
