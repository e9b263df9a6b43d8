package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionMetricsTest {
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final RegistryServer server;

    ConnectionMetricsTest() throws IOException {
        server = new RegistryServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void serde_atWork_isSeenByJmxUntilItIsClosed() throws JMException {
        Set<ObjectName> before = beans();
        try (Serde<Object> serde = new RegistrySerde<>()) {
            serde.configure(Map.of("schema.registry.url", server.url()), false);
            byte[] message = serde.serializer().serialize("t", "foo");
            serde.deserializer().deserialize("t", message);

            Set<ObjectName> added = new HashSet<>(beans());
            added.removeAll(before);
            assertThat(added).hasSize(1);
            ObjectName bean = added.iterator().next();
            assertThat(beans.getAttribute(bean, "fetch-total"))
                    .isEqualTo((double) server.requests().size());
            assertThat((Double) beans.getAttribute(bean, "fetch-time-ms-avg")).isPositive();
            assertThat(beans.getAttribute(bean, "failure-transient-total")).isEqualTo(0.0);
            assertThat(beans.getAttribute(bean, "degraded")).isEqualTo(0.0);
        }
        assertThat(beans()).isEqualTo(before);
    }

    private Set<ObjectName> beans() throws JMException {
        return beans.queryNames(new ObjectName("concordat.kafka:type=registry-client-metrics,*"), null);
    }
}
