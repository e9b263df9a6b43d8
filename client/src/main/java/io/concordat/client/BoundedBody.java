package io.concordat.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer while it arrives. It is there before the answer is, and knows when that begins, so that the one who
 * waits can say what he waited for.
 */
final class BoundedBody implements BodySubscriber<BoundedBody> {
    private final int maxSize;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile @Nullable ResponseInfo head;
    private @Nullable Subscription subscription;
    private boolean unwanted;

    BoundedBody(int maxSize) {
        this.maxSize = maxSize;
    }

    /** The answer has begun. */
    BoundedBody begin(ResponseInfo newHead) {
        head = newHead;
        return this;
    }

    /** What the answer began with, if it has begun. */
    Optional<ResponseInfo> head() {
        return Optional.ofNullable(head);
    }

    /** Completes with everything, or with what kept it from arriving. */
    CompletableFuture<byte[]> whole() {
        return whole;
    }

    /** What has arrived by now. */
    synchronized byte[] received() {
        return received.toByteArray();
    }

    /** Stops the rest from coming, and gives up its connection. */
    synchronized void cancel() {
        unwanted = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<BoundedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        if (unwanted) {
            newSubscription.cancel();
        } else {
            newSubscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > maxSize - received.size()) {
                cancel();
                whole.completeExceptionally(new TooLargeException());
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(received());
    }

    /** More came than was allowed. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
