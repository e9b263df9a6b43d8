package io.concordat.avro.compiled;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that compiles. It ends when there is nothing to do for a while. */
final class CompilerThread {
    private static final int MOST_WAITING = 256;
    private static final ThreadPoolExecutor EXECUTOR = executor();

    private CompilerThread() {}

    private static ThreadPoolExecutor executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), CompilerThread::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "concordat-avro-compiler");
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // It would be kept from being unloaded.
        return thread;
    }

    static void execute(Runnable work) {
        EXECUTOR.execute(work);
    }
}
