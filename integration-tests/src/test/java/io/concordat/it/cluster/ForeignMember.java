package io.concordat.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.HeartbeatResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.jspecify.annotations.Nullable;

/**
 * A member of a registry's group as registries of another make are one: their requests, their JSON, and their way to choose a
 * leader. It speaks to one broker, over a socket, and shares no code with ours.
 */
final class ForeignMember implements AutoCloseable {
    private static final int SESSION_MILLIS = 10_000;
    private static final int REBALANCE_MILLIS = 60_000;
    private static final long HEARTBEAT_NANOS = 200_000_000;
    private static final short JOIN_VERSION = 5;
    private static final short SYNC_VERSION = 3;
    private static final short HEARTBEAT_VERSION = 3;
    private static final short LEAVE_VERSION = 3;
    private static final short FIND_VERSION = 4;
    private static final Set<Errors> NOT_YET =
            Set.of(Errors.NOT_COORDINATOR, Errors.COORDINATOR_NOT_AVAILABLE, Errors.COORDINATOR_LOAD_IN_PROGRESS);

    private final String group;
    private final byte[] identity;
    private final Socket socket;
    private final Thread thread;
    private final List<String> odd = new ArrayList<>();
    private String memberId = "";
    private int generation = -1;
    private int requests;
    private volatile boolean closed;
    private volatile String leader = "";
    private volatile @Nullable Throwable failure;

    private ForeignMember(String group, URI url, Socket socket) {
        this.group = group;
        this.socket = socket;
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("host", url.getHost());
        shape.put("port", url.getPort());
        shape.put("master_eligibility", true);
        shape.put("scheme", "http");
        shape.put("version", 1);
        shape.put("leader", false);
        identity = Json.write(shape);
        thread = new Thread(this::run, "foreign-member");
        thread.setDaemon(true);
        thread.start();
    }

    /** Joins a group through the broker at a port of this machine, and says where it is reached. */
    static ForeignMember join(String group, int brokerPort, URI url) throws IOException {
        return new ForeignMember(group, url, new Socket(InetAddress.getLoopbackAddress(), brokerPort));
    }

    /** The URL of the leader as it was told last; nothing if there is none. */
    String leader() {
        Throwable why = failure;
        if (why != null) {
            throw new AssertionError("the foreign member has failed", why);
        }
        return leader;
    }

    /** What other members said that this one does not understand. */
    synchronized List<String> odd() {
        return List.copyOf(odd);
    }

    private void run() {
        try {
            findCoordinator();
            while (!closed) {
                joinAndSync();
                while (!closed && heartbeat()) {
                    LockSupport.parkNanos(HEARTBEAT_NANOS);
                }
            }
            ask(ApiKeys.LEAVE_GROUP, LEAVE_VERSION, leaving());
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Has the broker make itself the coordinator of the group, which takes a while the first time, and name this member. */
    private void findCoordinator() throws IOException {
        FindCoordinatorRequestData find = new FindCoordinatorRequestData()
                .setKeyType(FindCoordinatorRequest.CoordinatorType.GROUP.id())
                .setCoordinatorKeys(List.of(group));
        while (!closed) {
            FindCoordinatorResponse told = (FindCoordinatorResponse) ask(
                    ApiKeys.FIND_COORDINATOR,
                    FIND_VERSION,
                    new FindCoordinatorRequest.Builder(find).build(FIND_VERSION));
            if (told.data().coordinators().get(0).errorCode() == Errors.NONE.code()) {
                JoinGroupResponseData joined = joinGroup();
                if (!NOT_YET.contains(Errors.forCode(joined.errorCode()))) {
                    memberId = joined.memberId();
                    return;
                }
            }
            LockSupport.parkNanos(HEARTBEAT_NANOS);
        }
    }

    private LeaveGroupRequest leaving() {
        return new LeaveGroupRequest.Builder(group, List.of(new MemberIdentity().setMemberId(memberId)))
                .build(LEAVE_VERSION);
    }

    private void joinAndSync() throws IOException {
        JoinGroupResponseData joined = joinGroup();
        require(joined.errorCode());
        memberId = joined.memberId();
        generation = joined.generationId();
        List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
        if (joined.leader().equals(memberId)) {
            byte[] verdict = count(joined.members());
            joined.members()
                    .forEach(member -> assignments.add(new SyncGroupRequestAssignment()
                            .setMemberId(member.memberId())
                            .setAssignment(verdict)));
        }
        SyncGroupRequestData sync = new SyncGroupRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setGenerationId(generation)
                .setAssignments(assignments);
        SyncGroupResponseData told = ((SyncGroupResponse)
                        ask(ApiKeys.SYNC_GROUP, SYNC_VERSION, new SyncGroupRequest.Builder(sync).build(SYNC_VERSION)))
                .data();
        if (told.errorCode() != Errors.REBALANCE_IN_PROGRESS.code()) {
            require(told.errorCode());
            leader = leaderIn(told.assignment());
        }
    }

    private JoinGroupResponseData joinGroup() throws IOException {
        JoinGroupRequestData join = new JoinGroupRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setProtocolType("sr")
                .setSessionTimeoutMs(SESSION_MILLIS)
                .setRebalanceTimeoutMs(REBALANCE_MILLIS)
                .setProtocols(new JoinGroupRequestProtocolCollection(
                        List.of(new JoinGroupRequestProtocol().setName("v0").setMetadata(identity))
                                .iterator()));
        return ((JoinGroupResponse)
                        ask(ApiKeys.JOIN_GROUP, JOIN_VERSION, new JoinGroupRequest.Builder(join).build(JOIN_VERSION)))
                .data();
    }

    /** Whether the group is as it was. */
    private boolean heartbeat() throws IOException {
        HeartbeatRequestData heartbeat = new HeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setGenerationId(generation);
        HeartbeatResponseData told = ((HeartbeatResponse) ask(
                        ApiKeys.HEARTBEAT,
                        HEARTBEAT_VERSION,
                        new HeartbeatRequest.Builder(heartbeat).build(HEARTBEAT_VERSION)))
                .data();
        if (told.errorCode() == Errors.REBALANCE_IN_PROGRESS.code()) {
            return false;
        }
        require(told.errorCode());
        return true;
    }

    private static void require(short error) {
        if (error != Errors.NONE.code()) {
            throw new IllegalStateException("the broker answers " + Errors.forCode(error));
        }
    }

    /** The one with the least URL of those that can lead, whatever else they say. */
    private byte[] count(List<JoinGroupResponseMember> members) {
        TreeMap<String, JoinGroupResponseMember> eligible = new TreeMap<>();
        for (JoinGroupResponseMember member : members) {
            Map<?, ?> shape = read(member.metadata());
            note(shape);
            if (Boolean.TRUE.equals(shape.get("master_eligibility"))) {
                eligible.put(url(shape), member);
            }
        }
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("error", 0);
        if (!eligible.isEmpty()) {
            JoinGroupResponseMember chosen = eligible.firstEntry().getValue();
            verdict.put("master", chosen.memberId());
            verdict.put("master_identity", read(chosen.metadata()));
        }
        verdict.put("version", 1);
        return Json.write(verdict);
    }

    private synchronized void note(Map<?, ?> shape) {
        boolean understood = shape.get("host") instanceof String
                && shape.get("port") instanceof Number
                && shape.get("master_eligibility") instanceof Boolean
                && "http".equals(shape.get("scheme"))
                && Objects.equals(String.valueOf(shape.get("version")), "1")
                && shape.get("leader") instanceof Boolean;
        if (!understood) {
            odd.add(shape.toString());
        }
    }

    private String leaderIn(byte[] assignment) {
        Map<?, ?> verdict = read(assignment);
        if (!"0".equals(String.valueOf(verdict.get("error"))) || verdict.get("master_identity") == null) {
            return "";
        }
        if (!(verdict.get("master") instanceof String)) {
            throw new IllegalStateException("the verdict " + verdict + " does not name the leader's id");
        }
        Map<?, ?> chosen = JsonShape.object("master_identity", verdict.get("master_identity"));
        note(chosen);
        return url(chosen);
    }

    private static String url(Map<?, ?> shape) {
        return shape.get("scheme") + "://" + shape.get("host") + ":" + shape.get("port");
    }

    private static Map<?, ?> read(byte[] json) {
        return JsonShape.object(new String(json, UTF_8), Json.read(json));
    }

    private AbstractResponse ask(ApiKeys api, short version, AbstractRequest request) throws IOException {
        RequestHeader header = new RequestHeader(api, version, "sr-1", ++requests);
        ByteBuffer sent = request.serializeWithHeader(header);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] bytes = new byte[sent.remaining()];
        sent.get(bytes);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
    }

    /** Leaves the group. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
