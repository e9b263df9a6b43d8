package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientMetersTest {
    @Test
    void bindTo_clientAtWork_showsWhatItDoes() throws IOException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (StubRegistry stub = new StubRegistry()) {
            ClientConfig config = ClientConfig.of(stub.url());
            Connection connection = Connection.open(config, new ManualTime(), () -> 0.5);
            try (CachingRegistry registry = CachingRegistry.connect(config, connection, Clock.systemUTC())) {
                new ClientMeters(registry.metrics(), Tags.of("app", "billing")).bindTo(meters);
                stub.forgets(404);
                registry.schema(SchemaId.of(7));
                registry.schema(SchemaId.of(7));
                assertFails(registry, 404);
                stub.goAway();
                assertFails(registry, 8);
                assertFails(registry, 8);

                assertThat(counter(meters, "hits")).isEqualTo(1);
                assertThat(counter(meters, "misses")).isEqualTo(4);
                assertThat(meters.get("schema.registry.client.fetches")
                                .tags("app", "billing")
                                .functionTimer()
                                .count())
                        .isGreaterThan(6);
                assertThat(meters.get("schema.registry.client.fetches")
                                .functionTimer()
                                .totalTime(TimeUnit.NANOSECONDS))
                        .isPositive();
                assertThat(failures(meters, "not_found")).isEqualTo(1);
                assertThat(failures(meters, "transient")).isEqualTo(2);
                assertThat(failures(meters, "configuration")).isZero();
                assertThat(gauge(meters, "flights")).isZero();
                assertThat(gauge(meters, "degraded")).isEqualTo(1);
                stub.comeBack();
                registry.schema(SchemaId.of(8));
                assertThat(gauge(meters, "degraded")).isZero();
            }
        }
    }

    private static void assertFails(CachingRegistry registry, int id) {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.schema(SchemaId.of(id)));
    }

    private static double counter(SimpleMeterRegistry meters, String name) {
        return meters.get("schema.registry.client." + name).functionCounter().count();
    }

    private static double failures(SimpleMeterRegistry meters, String kind) {
        return meters.get("schema.registry.client.failures")
                .tag("kind", kind)
                .functionCounter()
                .count();
    }

    private static double gauge(SimpleMeterRegistry meters, String name) {
        return meters.get("schema.registry.client." + name).gauge().value();
    }
}
