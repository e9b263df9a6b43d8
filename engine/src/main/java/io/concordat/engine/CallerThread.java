package io.concordat.engine;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what is handed to it on the thread that waits for the outcome. */
final class CallerThread implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Works until the outcome is there. */
    <R> R await(CompletableFuture<R> outcome, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<R> unused = outcome.whenComplete((result, failure) -> tasks.add(CallerThread::wakeUp));
        long end = System.nanoTime() + timeout.toNanos();
        while (!outcome.isDone()) {
            Runnable task = tasks.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (task == null) {
                throw new TimeoutException();
            }
            task.run();
        }
        return outcome.get();
    }

    /** Does nothing: the one who waits only has to look up. */
    private static void wakeUp() {}
}
