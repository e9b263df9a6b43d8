package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request: from its head, through its body, to the last byte of its answer. Runs on one event loop.
 *
 * <p>Receiving, working and sending have the request deadline each. A request that is refused early has the rest of its
 * body passed over for a while, so that the client gets to see the answer.
 */
final class Exchange extends Deadlines.Watched {
    /** An answer of this status has no body, and must not tell its length. */
    private static final int NO_CONTENT = 204;

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final int LONGEST_REQUEST_ID = 256;

    private static final Buffer NOTHING = Buffer.buffer();

    /** What a stream is ended with. After "no error" some clients would wait for ever. */
    private static final long HTTP2_CANCEL = 8;

    /** How long a client may go on sending after it has been refused. */
    private static final Duration LINGERING = Duration.ofSeconds(2);

    private final Frontend frontend;
    private final HttpServerRequest incoming;
    private final Context context;
    private final Deadlines deadlines;
    private final Connections.Activity activity;
    private final boolean isHttp2;
    private @Nullable Buffer body;
    private State state = State.RECEIVING;
    private String type = MediaTypes.PREFERRED;
    private long taken;
    private long passedOver;

    /** Whether nobody waits for the answer any more: workers look at it. */
    private volatile boolean abandoned;

    private enum State {
        RECEIVING,
        WORKING,
        SENDING,
        /** The answer is out, but the client is still sending. */
        LINGERING,
        DONE
    }

    Exchange(Frontend frontend, HttpServerRequest incoming, Context context, Deadlines deadlines) {
        this.frontend = frontend;
        this.incoming = incoming;
        this.context = context;
        this.deadlines = deadlines;
        activity = frontend.connections().begun(incoming.connection());
        isHttp2 = incoming.version() == HttpVersion.HTTP_2;
    }

    /** Called when the head is there. */
    void begin() {
        incoming.response().closeHandler(closed -> done());
        incoming.exceptionHandler(this::broken);
        if (!isHttp2 && !Framing.isSound(incoming)) {
            refuseMalformed(malformed());
            return;
        }
        Plan plan = frontend.dispatcher().plan(incoming);
        type = plan.type();
        long announced = announcedLength(incoming.headers());
        if (announced > frontend.config().maxBodyBytes()) {
            refuse(tooLarge());
        } else if (announced == 0 && !isHttp2) {
            receivedAll(plan);
            return;
        } else {
            watch();
        }
        incoming.handler(chunk -> received(chunk, plan.takesBody()));
        incoming.endHandler(end -> receivedAll(plan));
        if (state == State.RECEIVING && isAskedToContinue()) {
            incoming.response().writeContinue();
        }
    }

    /** Called instead of {@link #begin()} if there is no head to be understood. */
    void beginMalformed(Answer answer) {
        incoming.response().closeHandler(closed -> done());
        refuseMalformed(answer);
    }

    /** Refuses what is not HTTP as this server speaks it. Nothing behind it can be understood. */
    private void refuseMalformed(Answer answer) {
        refuse(answer);
        incoming.connection().close();
    }

    static Answer malformed() {
        return Answer.refusal(ErrorCode.BAD_REQUEST, "HTTP 400 Bad Request");
    }

    /** The connection has ended, or what comes over it is no body any more. */
    private void broken(Throwable failure) {
        boolean isMalformed = failure instanceof DecoderException || failure instanceof IllegalArgumentException;
        if (isMalformed && state == State.RECEIVING && !isHttp2) {
            refuseMalformed(malformed());
        } else {
            done();
        }
    }

    private boolean isAskedToContinue() {
        return "100-continue".equalsIgnoreCase(incoming.getHeader(HttpHeaders.EXPECT));
    }

    /** The length that the head announces; -1 if it says only that there is a body. */
    private static long announcedLength(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return headers.contains(HttpHeaders.TRANSFER_ENCODING) ? -1 : 0;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void received(Buffer chunk, boolean keep) {
        if (state != State.RECEIVING) {
            return;
        }
        if (keep) {
            keep(chunk);
            return;
        }
        passedOver += chunk.length();
        if (passedOver > frontend.config().maxBodyBytes()) {
            refuse(tooLarge());
        }
    }

    private void keep(Buffer chunk) {
        if (taken + chunk.length() > frontend.config().maxBodyBytes()) {
            refuse(tooLarge());
        } else if (frontend.budget().take(chunk.length())) {
            taken += chunk.length();
            body = body == null ? Buffer.buffer(chunk.length()).appendBuffer(chunk) : body.appendBuffer(chunk);
        } else {
            refuse(Answer.refusal(
                    ErrorCode.TOO_MANY_REQUESTS, "Too much is being sent to this server at once; try again later"));
        }
    }

    private void receivedAll(Plan plan) {
        if (state == State.LINGERING) {
            hangUp();
        } else if (state == State.RECEIVING) {
            deadlines.forget(this);
            state = State.WORKING;
            if (!isHttp2 && Framing.isLast(incoming)) {
                frontend.gate().ignoreRest(incoming.connection().remoteAddress());
            }
            work(plan);
        }
    }

    /** Ends the conversation once the client has taken its answer, or time is up. */
    private void hangUp() {
        if (isHttp2) {
            done();
        } else {
            incoming.connection().close();
        }
    }

    private void work(Plan plan) {
        CompletionStage<Answer> answer = plan.action().perform(body == null ? NOTHING : body, () -> abandoned);
        if (answer.toCompletableFuture().isDone()) {
            answer.whenComplete(this::worked);
        } else {
            watch();
            answer.whenComplete((value, failure) -> context.runOnContext(back -> worked(value, failure)));
        }
    }

    private void worked(@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            finish(Failures.answer(failure));
        } else if (answer != null) {
            finish(answer);
        }
    }

    private void finish(Answer answer) {
        if (state != State.WORKING) {
            return;
        }
        deadlines.forget(this);
        state = State.SENDING;
        boolean last = !isHttp2 && frontend.connections().isEnding();
        Future<Void> sent = send(last ? answer.with("Connection", "close") : answer);
        if (!sent.isComplete()) {
            watch();
        }
        sent.onComplete(end -> {
            done();
            if (last) {
                incoming.connection().close();
            }
        });
    }

    /** Answers before all of the body is there, and passes over the rest. */
    private void refuse(Answer answer) {
        deadlines.forget(this);
        releaseBody();
        state = State.LINGERING;
        send(isHttp2 ? answer : answer.with("Connection", "close"));
        deadlines.watch(this, LINGERING);
    }

    private Future<Void> send(Answer answer) {
        HttpServerResponse response = incoming.response();
        response.setStatusCode(answer.status());
        response.putHeader(REQUEST_ID, requestId());
        response.putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        answer.headers().forEach(response::putHeader);
        String contentType = answer.type() == null ? type : answer.type();
        if (!contentType.equals(Answer.UNTYPED)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
        if (answer.status() != NO_CONTENT) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length()));
        }
        return incoming.method().equals(HttpMethod.HEAD) ? response.end() : response.end(answer.body());
    }

    /** What the client calls its request, if it has one name for it. */
    private String requestId() {
        List<String> names = incoming.headers().getAll(REQUEST_ID);
        boolean usable =
                names.size() == 1 && !names.get(0).isEmpty() && names.get(0).length() <= LONGEST_REQUEST_ID;
        return usable ? names.get(0) : randomId();
    }

    /** A random UUID; good enough to tell requests apart, not to keep a secret. */
    private static String randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low).toString();
    }

    @Override
    void expired() {
        switch (state) {
            case RECEIVING ->
                refuse(Answer.refusal(
                        ErrorCode.REQUEST_TIMEOUT,
                        "The request was not complete within "
                                + frontend.config().requestDeadline()));
            case WORKING ->
                finish(Answer.refusal(
                        ErrorCode.OPERATION_TIMED_OUT,
                        "No answer within " + frontend.config().requestDeadline()
                                + "; a change may still take effect"));
            default -> cutOff();
        }
    }

    private Answer tooLarge() {
        return Answer.refusal(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The request has more than " + frontend.config().maxBodyBytes() + " bytes");
    }

    /** Ends the conversation, whatever the other side is doing. */
    private void cutOff() {
        done();
        if (isHttp2) {
            incoming.response().reset(HTTP2_CANCEL);
        } else {
            frontend.gate().putOut(incoming.connection().remoteAddress());
        }
    }

    private void done() {
        if (state != State.DONE) {
            state = State.DONE;
            abandoned = true;
            deadlines.forget(this);
            releaseBody();
            activity.ended();
        }
    }

    private void releaseBody() {
        if (taken > 0) {
            frontend.budget().giveBack(taken);
            taken = 0;
        }
    }

    private void watch() {
        deadlines.watch(this, frontend.config().requestDeadline());
    }
}
