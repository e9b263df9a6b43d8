package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.log.kafka.Fencing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterFileTest {
    @Test
    void read_usualFile_isUnderstoodWithoutAWarning() {
        ClusterFile file = read(
                "listeners=http://0.0.0.0:8085",
                "host.name=registry-1.example",
                "kafkastore.bootstrap.servers=PLAINTEXT://a:9092,SSL://b:9093,c:9094",
                "kafkastore.topic=_registry",
                "kafkastore.topic.replication.factor=2",
                "kafkastore.topic.config.segment.bytes=1000000",
                "schema.registry.group.id=registry",
                "kafkagroup.session.timeout.ms=12000",
                "leader.eligibility=false",
                "schema.compatibility.level=full_transitive",
                "inter.instance.headers.whitelist=X-One, X-Two",
                "fencing=none");

        assertThat(file.warnings()).isEmpty();
        assertThat(file.server().host()).isEqualTo("0.0.0.0");
        assertThat(file.server().port()).isEqualTo(8085);
        assertThat(file.cluster().advertisedHost()).contains("registry-1.example");
        assertThat(file.cluster().forwardedHeaders()).containsExactly("X-One", "X-Two");
        assertThat(file.cluster().defaultCompatibility()).isEqualTo(Compatibility.FULL_TRANSITIVE);
        assertThat(file.cluster().election().sessionTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(file.cluster().election().eligible()).isFalse();
        assertThat(file.cluster().log().topic()).isEqualTo("_registry");
        assertThat(file.cluster().log().group()).isEqualTo("registry");
        assertThat(file.cluster().log().replicationFactor()).isEqualTo(2);
        assertThat(file.cluster().log().fencing()).isEqualTo(Fencing.NONE);
        assertThat(file.cluster().log().topicConfig()).isEqualTo(Map.of("segment.bytes", "1000000"));
        assertThat(file.cluster().log().clients()).isEqualTo(Map.of("bootstrap.servers", "a:9092,c:9094"));
    }

    @Test
    void read_securityOfKafka_isPassedOnAndHidden() {
        ClusterFile file = read(
                "kafkastore.bootstrap.servers=PLAINTEXT://a:9092,SASL_SSL://b:9093",
                "kafkastore.security.protocol=SASL_SSL",
                "kafkastore.sasl.mechanism=PLAIN",
                "kafkastore.sasl.jaas.config=secret",
                "kafkastore.ssl.truststore.location=/etc/trust.jks");

        assertThat(file.cluster().log().clients())
                .containsEntry("bootstrap.servers", "b:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "secret")
                .containsEntry("ssl.truststore.location", "/etc/trust.jks");
        assertThat(file.toString()).doesNotContain("secret");
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void read_unknownKey_isAWarningThatNamesTheNearestOne() {
        ClusterFile file =
                read("kafkastore.bootstrap.servers=a:9092", "schema.compatability.level=full", "quite.another.thing=1");

        assertThat(file.warnings())
                .containsExactly(
                        "Unknown key 'quite.another.thing'",
                        "Unknown key 'schema.compatability.level'; did you mean 'schema.compatibility.level'?");
    }

    @Test
    void read_unknownKeyOfKafka_isPassedOnWithAWarning() {
        ClusterFile file = read(
                "kafkastore.bootstrap.servers=a:9092", "kafkastore.topic.replication.facor=1", "kafkastore.plugin.x=y");

        assertThat(file.warnings())
                .containsExactly(
                        "Unknown key 'kafkastore.plugin.x'",
                        "Unknown key 'kafkastore.topic.replication.facor'; did you mean 'kafkastore.topic.replication.factor'?");
        assertThat(file.cluster().log().clients()).containsEntry("plugin.x", "y");
    }

    @Test
    void read_keysWithoutEffect_areOneWarning() {
        ClusterFile file = read("kafkastore.bootstrap.servers=a:9092", "debug=true", "kafkastore.timeout.ms=500");

        assertThat(file.warnings()).containsExactly("These keys have no effect here: debug, kafkastore.timeout.ms");
    }

    @Test
    void read_whatIsWrong_isAllNamed() {
        assertThatThrownBy(() -> read(
                        "listeners=https://0.0.0.0:8085",
                        "authentication.method=BASIC",
                        "host.port=many",
                        "kafkagroup.session.timeout.ms=10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only http")
                .hasMessageContaining("authentication.method")
                .hasMessageContaining("host.port 'many'")
                .hasMessageContaining("kafkagroup")
                .hasMessageContaining("kafkastore.bootstrap.servers");
    }

    private static ClusterFile read(String... lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return ClusterFile.of(new java.util.TreeMap<>(values));
    }
}
