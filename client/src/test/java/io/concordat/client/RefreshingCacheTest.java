package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RefreshingCacheTest {
    private final SettableClock clock = new SettableClock();
    private final ClientMetrics metrics = new ClientMetrics();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final RefreshingCache<String, Integer> minute =
            new RefreshingCache<>(100, metrics, clock, Duration.ofMinutes(1), background::add);

    @Test
    void get_young_isNotLoadedAgain() {
        assertThat(get()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(47));

        assertThat(get()).isEqualTo(1);
        assertThat(background).isEmpty();
    }

    @Test
    void get_ageing_isLoadedOnceBehindTheScenesWhileTheOldOneIsGiven() {
        get();
        clock.advance(Duration.ofSeconds(48));
        assertThat(get()).isEqualTo(1);
        assertThat(get()).isEqualTo(1);
        assertThat(background).hasSize(1);

        background.remove().run();
        assertThat(get()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(47));
        assertThat(get()).isEqualTo(2);
        assertThat(background).isEmpty();
    }

    @Test
    void get_tooOld_isWaitedFor() {
        get();
        clock.advance(Duration.ofSeconds(60));

        assertThat(get()).isEqualTo(2);
    }

    @Test
    void get_clockSetBack_isLoadedAgain() {
        get();
        clock.advance(Duration.ofHours(-1));

        assertThat(get()).isEqualTo(2);
    }

    @Test
    void get_tooOldAndRegistryAway_isTheOldOneAndOnlyTheFirstWaits() {
        get();
        clock.advance(Duration.ofMinutes(5));
        assertThat(minute.get("a", this::away)).isEqualTo(1);
        assertThat(loads).hasValue(2);
        assertThat(metrics.isDegraded()).isTrue();

        for (int i = 0; i < 10; i++) {
            assertThat(minute.get("a", this::away)).isEqualTo(1);
        }
        assertThat(loads).hasValue(2);
        assertThat(background).isEmpty();
        assertThat(metrics.staleAnswers()).isEqualTo(11);
    }

    @Test
    void get_registryBack_isNoticedBehindTheScenes() {
        get();
        clock.advance(Duration.ofMinutes(5));
        minute.get("a", this::away);
        clock.advance(Duration.ofSeconds(2));
        assertThat(minute.get("a", this::away)).isEqualTo(1);
        background.remove().run();
        clock.advance(Duration.ofSeconds(2));
        assertThat(get()).isEqualTo(1);
        background.remove().run();

        assertThat(get()).isEqualTo(4);
        assertThat(background).isEmpty();
    }

    @Test
    void get_failedLongAgo_isWaitedForAgain() {
        get();
        clock.advance(Duration.ofMinutes(5));
        minute.get("a", this::away);
        clock.advance(Duration.ofMinutes(5));

        assertThat(get()).isEqualTo(3);
    }

    @Test
    void get_nothingYetAndRegistryAway_fails() {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> minute.get("a", this::away));
    }

    @Test
    void get_goneForGood_isNotGivenAnyMore() {
        Supplier<Integer> gone = () -> {
            throw new RegistryException(ErrorCode.SUBJECT_NOT_FOUND, "gone");
        };
        get();
        clock.advance(Duration.ofSeconds(50));
        minute.get("a", gone);
        background.remove().run();

        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> minute.get("a", gone));
    }

    @Test
    void get_noTimeAtAll_isLoadedEveryTimeButKeptForAnOutage() {
        RefreshingCache<String, Integer> never =
                new RefreshingCache<>(100, metrics, clock, Duration.ZERO, background::add);

        assertThat(never.get("a", loads::incrementAndGet)).isEqualTo(1);
        assertThat(never.get("a", loads::incrementAndGet)).isEqualTo(2);
        assertThat(never.get("a", this::away)).isEqualTo(2);
    }

    @Test
    void get_afterClose_stillAnswers() {
        RefreshingCache<String, Integer> closed =
                new RefreshingCache<>(100, metrics, clock, Duration.ofMinutes(1), task -> {
                    throw new RejectedExecutionException("closed");
                });
        closed.get("a", loads::incrementAndGet);
        clock.advance(Duration.ofSeconds(50));

        assertThat(closed.get("a", loads::incrementAndGet)).isEqualTo(1);
    }

    private int away() {
        loads.incrementAndGet();
        throw new RegistryException(ErrorCode.UNREACHABLE, "nobody there");
    }

    private int get() {
        return minute.get("a", loads::incrementAndGet);
    }
}
