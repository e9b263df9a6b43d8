package io.concordat.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The wait of a command that runs for ever: until the process is told to end, or the waiting thread is interrupted. */
final class RunningUntilStopped {
    private RunningUntilStopped() {}

    /** Waits, then closes what was running, once. */
    static void await(Runnable close) {
        AtomicBoolean closed = new AtomicBoolean();
        Runnable closeOnce = () -> {
            if (closed.compareAndSet(false, true)) {
                close.run();
            }
        };
        LastingLog.last();
        Thread hook = new Thread(closeOnce, "concordat-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            closeOnce.run();
            Runtime.getRuntime().removeShutdownHook(hook);
            Thread.currentThread().interrupt();
        }
    }
}
