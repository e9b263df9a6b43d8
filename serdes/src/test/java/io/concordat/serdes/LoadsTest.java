package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadsTest {
    private final Loads<String, Integer> loads = new Loads<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void get_manyThreadsAtOnce_loadsOnce() throws ExecutionException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        answers.add(threads.submit(() -> loads.get("key", () -> {
            begun.countDown();
            awaitQuietly(goOn);
            return count.incrementAndGet();
        })));
        begun.await();
        for (int i = 0; i < 7; i++) {
            answers.add(threads.submit(() -> loads.get("key", count::incrementAndGet)));
        }
        int other = loads.get("other key", () -> 42);
        goOn.countDown();

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(1);
        }
        assertThat(other).isEqualTo(42);
    }

    @Test
    void get_afterAFailure_triesAgain() {
        assertThatThrownBy(() -> loads.get("key", () -> {
                    throw new IllegalStateException("out of reach");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(loads.get("key", () -> 1)).isEqualTo(1);
    }

    @Test
    void get_loadingThreadIsInterrupted_anotherOneLoads() throws ExecutionException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread loading = new Thread(() -> assertThatThrownBy(() -> loads.get("key", () -> {
                    begun.countDown();
                    awaitQuietly(new CountDownLatch(1));
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted"));
        loading.start();
        begun.await();
        Thread[] waiting = new Thread[1];
        CountDownLatch waits = new CountDownLatch(1);
        Future<Integer> answer = threads.submit(() -> {
            waiting[0] = Thread.currentThread();
            waits.countDown();
            return loads.get("key", () -> 7);
        });
        waits.await();
        awaitWaiting(waiting[0]);

        loading.interrupt();

        assertThat(answer.get()).isEqualTo(7);
        loading.join();
    }

    @Test
    void get_waitingThreadIsInterrupted_stopsWaiting() throws ExecutionException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Integer> answer = threads.submit(() -> loads.get("key", () -> {
            begun.countDown();
            awaitQuietly(goOn);
            return 1;
        }));
        begun.await();
        Thread.currentThread().interrupt();

        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> loads.get("key", () -> 2));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.isRetriable()).isTrue();
        goOn.countDown();
        assertThat(answer.get()).isEqualTo(1);
    }

    @Test
    void fresh_oneAfterTheOther_loadsEachTime() {
        assertThat(loads.fresh("key", count::incrementAndGet)).isEqualTo(1);
        assertThat(loads.fresh("key", count::incrementAndGet)).isEqualTo(2);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
