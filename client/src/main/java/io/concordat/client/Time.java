package io.concordat.client;

import java.util.concurrent.TimeUnit;

/** Time that passes, and waiting for it to. */
interface Time {
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    };

    /** Counts up from anywhere. */
    long nanos();

    void sleep(long nanos) throws InterruptedException;
}
