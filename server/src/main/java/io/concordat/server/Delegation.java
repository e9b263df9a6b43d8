package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.engine.cluster.Member;
import io.concordat.server.LeaderRequest.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way to whoever leads: done here, or passed on, and tried again while the leader is being found.
 *
 * <p>It is not tried again if it may have been done already and doing it twice is not the same.
 */
final class Delegation {
    /** How long it takes at most until a leader that is known to others knows itself. */
    private static final Duration NEWS = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What may be refused only for want of a write that this node has not seen: not found, incompatible, not permitted. */
    private static final Set<Integer> HASTY = Set.of(404, 409, 422);

    private static final int FAILED = 500;
    private static final String UNKNOWN_LEADER = "{\"error_code\":" + ErrorCode.UNKNOWN_LEADER.number();

    private final ClusterPlacement placement;
    private final LeaderRequest request;
    private final Buffer body;
    private final boolean repeatable;
    private final Supplier<CompletionStage<Answer>> local;
    private final BooleanSupplier abandoned;
    private final long deadline;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile boolean caughtUp;

    Delegation(
            ClusterPlacement placement,
            LeaderRequest request,
            Buffer body,
            boolean repeatable,
            Supplier<CompletionStage<Answer>> local,
            BooleanSupplier abandoned) {
        this.placement = placement;
        this.request = request;
        this.body = body;
        this.repeatable = repeatable;
        this.local = local;
        this.abandoned = abandoned;
        deadline = System.nanoTime() + placement.patience().toNanos();
    }

    CompletionStage<Answer> start() {
        attempt();
        return answer;
    }

    private void attempt() {
        try {
            ClusterPlacement.refuseIf(abandoned);
            Cluster.View view = placement.cluster().view();
            if (request.isOutdated(placement.cluster().epoch())) {
                giveUp();
            } else if (view.role() == Cluster.Role.LEADING) {
                doHere(view);
            } else if (view.obstacle().isPresent()) {
                answer.completeExceptionally(new RegistryException(
                        ErrorCode.UNKNOWN_LEADER, view.obstacle().get()));
            } else if (view.leader().isPresent() && !request.forwarded()) {
                passOn(view, view.leader().get());
            } else if (view.leader().isPresent()) {
                // Somebody takes this node for the leader. Perhaps it is about to hear that itself.
                again(view, NEWS, true);
            } else {
                again(view, left(), true);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /**
     * Decides here. The answer names the offset up to which this node had replayed, a refusal too: who passes on that a version
     * has been deleted already must not show it afterwards.
     */
    private void doHere(Cluster.View view) {
        if (!caughtUp && placement.cluster().isOutOfTouch()) {
            // It may know of a schema what does not hold any more.
            catchUp();
            return;
        }
        local.get().whenComplete((done, failure) -> {
            if (isRefusalToLead(done, failure)) {
                again(view, left(), false);
            } else if (!caughtUp && HASTY.contains(status(done, failure))) {
                catchUp();
            } else if (done == null && FAILED <= status(null, failure)) {
                answer.completeExceptionally(failure);
            } else {
                Answer told = done == null ? Failures.answer(failure) : done;
                answer.complete(told.with(
                        ClusterPlacement.OFFSET,
                        Long.toString(placement.cluster().log().position())));
            }
        });
    }

    /**
     * Tries again with everything that the log holds by now. Another node may lead already and this one not know it yet, as
     * after a pause; then it refuses for want of what it has not seen.
     */
    private void catchUp() {
        caughtUp = true;
        CompletionStage<Boolean> unused = placement.caughtUp(left()).whenComplete((reached, failure) -> {
            if (failure == null) {
                attempt();
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private static int status(@Nullable Answer done, @Nullable Throwable failure) {
        if (done != null) {
            return done.status();
        }
        return unwrapped(failure) instanceof RegistryException refusal
                ? refusal.code().httpStatus()
                : FAILED;
    }

    private static boolean isRefusalToLead(@Nullable Answer done, @Nullable Throwable failure) {
        return done != null ? isRefusalToLead(done) : failure == null || isRefusalToLead(failure);
    }

    private static boolean isRefusalToLead(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RegistryException refusal && refusal.code() == ErrorCode.UNKNOWN_LEADER;
    }

    private static boolean isRefusalToLead(Answer answer) {
        return isRefusalToLead(answer.status(), answer.body());
    }

    private static boolean isRefusalToLead(int status, Buffer body) {
        return status == ErrorCode.UNKNOWN_LEADER.httpStatus()
                && body.length() >= UNKNOWN_LEADER.length()
                && body.getString(0, UNKNOWN_LEADER.length(), StandardCharsets.UTF_8.name())
                        .equals(UNKNOWN_LEADER);
    }

    /** Tries again when something has changed in the cluster, or after a while; or gives up. */
    private void again(Cluster.View view, Duration patience, boolean onlyIfChanged) {
        long millis = Math.min(patience.toMillis(), left().toMillis());
        if (!onlyIfChanged) {
            millis = Math.min(millis, PAUSE.toMillis());
        }
        if (left().compareTo(Duration.ZERO) <= 0) {
            giveUp();
            return;
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        CompletableFuture<@Nullable Void> unused = placement
                .cluster()
                .changeSince(view)
                .completeOnTimeout(null, Math.max(1, millis), TimeUnit.MILLISECONDS)
                .whenComplete((done, never) -> {
                    if (onlyIfChanged
                            && System.nanoTime() >= until
                            && placement.cluster().view().equals(view)) {
                        giveUp();
                    } else {
                        attempt();
                    }
                });
    }

    private void giveUp() {
        answer.completeExceptionally(new RegistryException(
                ErrorCode.UNKNOWN_LEADER,
                "No node of the cluster leads at the moment, as far as this one knows; nothing has been changed"));
    }

    private void passOn(Cluster.View view, Member leader) {
        CompletableFuture<Reply> reply = request.send(
                        placement.client(), leader, placement.cluster().epoch(), body, left())
                .toCompletionStage()
                .toCompletableFuture();
        CompletableFuture<@Nullable Void> change = placement.cluster().changeSince(view);
        if (repeatable) {
            // A leader that has been replaced may never answer.
            CompletableFuture<Void> unusedEnd = change.thenRun(
                    () -> reply.completeExceptionally(new IllegalStateException("it may not lead any more")));
        }
        CompletableFuture<Reply> unused = reply.whenComplete((told, failure) -> {
            change.complete(null);
            if (told != null) {
                replied(view, leader, told);
            } else {
                failed(view, leader, unwrapped(failure));
            }
        });
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void failed(Cluster.View view, Member leader, @Nullable Throwable failure) {
        if (failure instanceof LeaderRequest.UnreachableException || repeatable) {
            if (left().compareTo(PAUSE) > 0) {
                again(view, left(), false);
                return;
            }
        }
        answer.completeExceptionally(new RegistryException(
                ErrorCode.FORWARDING_FAILED,
                "The leader " + leader + " has not answered: " + reason(failure) + "; a change may have taken effect",
                failure));
    }

    private static String reason(@Nullable Throwable failure) {
        return failure == null || failure.getMessage() == null ? "no reason given" : failure.getMessage();
    }

    private void replied(Cluster.View view, Member leader, Reply reply) {
        if (isRefusalToLead(reply.status(), reply.body())) {
            again(view, left(), false);
            return;
        }
        offsetOf(leader, reply)
                .thenCompose(offset -> placement
                        .reached(offset, left())
                        .thenApply(unused -> answer(reply).with(ClusterPlacement.OFFSET, Long.toString(offset))))
                .whenComplete((told, failure) -> {
                    if (told != null) {
                        answer.complete(told);
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
    }

    /** Up to where this node must replay to see what the leader has done. */
    private CompletionStage<Long> offsetOf(Member leader, Reply reply) {
        String offset = reply.headers().get(ClusterPlacement.OFFSET);
        if (leader.ours() && offset != null) {
            try {
                return CompletableFuture.completedFuture(Long.parseLong(offset));
            } catch (NumberFormatException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return placement.end();
    }

    private static Answer answer(Reply reply) {
        String type = reply.headers().get(HttpHeaders.CONTENT_TYPE);
        Map<String, String> headers = new LinkedHashMap<>();
        String retry = reply.headers().get("Retry-After");
        if (retry != null) {
            headers.put("Retry-After", retry);
        }
        return new Answer(reply.status(), type == null ? Answer.UNTYPED : type, reply.body(), headers);
    }
}
