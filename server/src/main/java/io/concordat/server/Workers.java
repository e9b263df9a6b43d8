package io.concordat.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads for what takes time. What does not fit into their queue is refused. */
final class Workers implements Executor, AutoCloseable {
    private final AtomicInteger started = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    Workers(int threads, int maxWaiting) {
        pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), Worker::new);
        pool.allowCoreThreadTimeOut(true);
    }

    private final class Worker extends Thread {
        Worker(Runnable task) {
            super(task, "concordat-worker-" + started.incrementAndGet());
            setDaemon(true);
        }
    }

    /**
     * Runs a task: at once if a worker asks for it, else when one is free.
     *
     * @throws RejectedExecutionException if too many tasks wait
     */
    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread() instanceof Worker) {
            task.run();
        } else {
            pool.execute(task);
        }
    }

    /** Refuses new tasks, forgets those that wait, and interrupts those that run. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
