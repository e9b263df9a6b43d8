package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "schema.registry.urls, schema.registry.url",
        "schema.registry.uri, schema.registry.url",
        "schema_registry_url, schema.registry.url",
        "auto.register.schema, auto.register.schemas",
        "use.lastest.version, use.latest.version",
        "specific.avro.readers, specific.avro.reader",
        "value.subject.name.stratergy, value.subject.name.strategy",
    })
    void nearestOf_typo_isOurKey(String typo, String key) {
        assertThat(KeyAdvice.nearestOf(typo)).contains(key);
    }

    @Test
    void nearestOf_keysOfKafkaAndOurs_isNone() {
        Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames(), AdminClientConfig.configNames())
                .flatMap(Set::stream)
                .forEach(key -> assertThat(KeyAdvice.nearestOf(key)).as(key).isEmpty());
        assertThat(RegistrySerdeConfig.KEYS)
                .allSatisfy(key -> assertThat(KeyAdvice.nearestOf(key)).isEmpty());
    }

    @Test
    void configure_keysOfOtherSerializers_warns() {
        try (Warnings warnings = new Warnings()) {
            Settings.of(Map.of("value.schema.id.serializer", "x", "schema.registry.ssl.protocol", "TLS"), false);
            Settings.of(Map.of("basic.auth.credentials.source", "URL", "ssl.protocol", "TLS"), false);

            assertThat(warnings.messages())
                    .hasSize(2)
                    .anySatisfy(
                            warning -> assertThat(warning).contains("'value.schema.id.serializer' is not supported"))
                    .anySatisfy(
                            warning -> assertThat(warning).contains("'schema.registry.ssl.protocol' is not supported"));
        }
    }

    @Test
    void configure_typo_warnsOnce() {
        try (Warnings warnings = new Warnings()) {
            Settings.of(Map.of("normalise.schemas", true), false);
            Settings.of(Map.of("normalise.schemas", true), true);

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("'normalise.schemas'", "did you mean 'normalize.schemas'?");
        }
    }
}
