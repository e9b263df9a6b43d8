package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedCacheTest {
    private final ClientMetrics metrics = new ClientMetrics();
    private final BoundedCache<String, Integer> forEver = new BoundedCache<>(100, metrics);
    private final AtomicInteger loads = new AtomicInteger();

    @Test
    void get_again_isNotLoadedAgain() {
        assertThat(forEver.get("a", loads::incrementAndGet)).isEqualTo(1);
        assertThat(forEver.get("a", loads::incrementAndGet)).isEqualTo(1);
        assertThat(forEver.get("b", loads::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void get_failure_isNotKept() {
        Supplier<Integer> failing = () -> {
            throw new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "gone");
        };

        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> forEver.get("a", failing));
        assertThat(forEver.size()).isZero();
        assertThat(forEver.get("a", loads::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void get_fiftyThreads_loadOnce() throws Exception {
        CountDownLatch everybody = new CountDownLatch(50);

        List<Integer> values = inParallel(50, () -> {
            everybody.countDown();
            everybody.await();
            return forEver.get("a", loads::incrementAndGet);
        });

        assertThat(values).hasSize(50).containsOnly(1);
        assertThat(loads).hasValue(1);
    }

    @Test
    void get_fiftyThreadsAndAFailure_allLearnOfIt() throws Exception {
        CountDownLatch everybody = new CountDownLatch(50);
        Supplier<Integer> failing = () -> {
            loads.incrementAndGet();
            await(everybody);
            throw new RegistryException(ErrorCode.NOT_FOUND, 40499, "gone", null);
        };

        List<String> outcomes = inParallel(50, () -> {
            everybody.countDown();
            try {
                return "found " + forEver.get("a", failing);
            } catch (RegistryException e) {
                return e.code() + " " + e.number() + " " + e.getMessage();
            }
        });

        assertThat(outcomes).hasSize(50).containsOnly("NOT_FOUND 40499 gone");
        assertThat(forEver.size()).isZero();
    }

    @Test
    void get_slowKey_holdsUpNoOther() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> forEver.get("slow", () -> {
            loading.countDown();
            await(slow);
            return 42;
        }));
        loading.await();

        assertThat(forEver.get("quick", loads::incrementAndGet)).isEqualTo(1);
        slow.countDown();
        assertThat(first.get()).isEqualTo(42);
    }

    @Test
    void get_loadingThreadInterrupted_anotherOneLoads() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> forEver.get("a", () -> {
                        loading.countDown();
                        await(new CountDownLatch(1));
                        return 0;
                    }));
        });
        first.start();
        loading.await();
        CompletableFuture<Integer> second =
                CompletableFuture.supplyAsync(() -> forEver.get("a", loads::incrementAndGet));
        first.interrupt();

        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void get_waitingThreadInterrupted_endsAtOnceAndStaysInterrupted() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> forEver.get("a", () -> {
            loading.countDown();
            await(slow);
            return 42;
        }));
        loading.await();
        CompletableFuture<ErrorCode> code = new CompletableFuture<>();
        Thread second = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                forEver.get("a", loads::incrementAndGet);
            } catch (RegistryException e) {
                code.complete(Thread.interrupted() ? e.code() : ErrorCode.INTERNAL);
            }
        });
        second.start();

        assertThat(code.get()).isEqualTo(ErrorCode.UNREACHABLE);
        slow.countDown();
        assertThat(first.get()).isEqualTo(42);
    }

    @Test
    void forget_whileLoading_theNextOneLoadsAfresh() throws Exception {
        for (Runnable forgetting : List.<Runnable>of(() -> forEver.forget("a"), forEver::clear)) {
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch slow = new CountDownLatch(1);
            CompletableFuture<Integer> old = CompletableFuture.supplyAsync(() -> forEver.get("a", () -> {
                loading.countDown();
                await(slow);
                return -1;
            }));
            loading.await();
            forgetting.run();

            assertThat(forEver.get("a", () -> 7)).isEqualTo(7);
            slow.countDown();
            assertThat(old.get()).isEqualTo(-1);
            assertThat(forEver.get("a", () -> 8)).isEqualTo(7);
            forEver.clear();
        }
    }

    @Test
    void get_moreThanFits_staysBoundedAndRight() {
        for (int i = 0; i < 10_000; i++) {
            int value = i;
            assertThat(forEver.get("k" + i, () -> value)).isEqualTo(i);
            assertThat(forEver.size()).isLessThanOrEqualTo(100);
        }
        assertThat(forEver.size()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void get_askedForAllTheTime_staysThoughOthersComeAndGo() {
        for (int i = 0; i < 10_000; i++) {
            forEver.get("hot", loads::incrementAndGet);
            forEver.get("k" + i, () -> 0);
        }

        assertThat(loads).hasValue(1);
    }

    @Test
    void get_sizeOfOne_works() {
        BoundedCache<String, Integer> tiny = new BoundedCache<>(1, metrics);

        for (int i = 0; i < 100; i++) {
            int value = i;
            assertThat(tiny.get("k" + i, () -> value)).isEqualTo(i);
        }
    }

    @Test
    void get_manyThreadsAndKeysWithForgetting_neverGivesWhatWasForgotten() throws Exception {
        long seed = 20_261_124;
        BoundedCache<Integer, Long> cache = new BoundedCache<>(16, metrics);
        List<AtomicLong> truth = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            truth.add(new AtomicLong());
        }
        AtomicInteger threads = new AtomicInteger();

        List<Integer> stale = inParallel(8, () -> {
            Random random = new Random(seed + threads.incrementAndGet());
            int wrong = 0;
            for (int i = 0; i < 20_000; i++) {
                int key = random.nextInt(32);
                if (random.nextInt(10) == 0) {
                    truth.get(key).incrementAndGet();
                    cache.forget(key);
                } else {
                    long before = truth.get(key).get();
                    // A write by another thread may not have been made known yet: one behind per writing thread at
                    // most.
                    wrong += cache.get(key, () -> truth.get(key).get()) < before - 8 ? 1 : 0;
                }
            }
            return wrong;
        });

        assertThat(stale).as("seed %d", seed).containsOnly(0);
        for (int key = 0; key < 32; key++) {
            int k = key;
            assertThat(cache.get(key, () -> truth.get(k).get()))
                    .isEqualTo(truth.get(key).get());
        }
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<T> values = new ArrayList<>();
            for (Future<T> future : futures) {
                values.add(future.get());
            }
            return values;
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(ErrorCode.UNREACHABLE, "interrupted", e);
        }
    }
}
