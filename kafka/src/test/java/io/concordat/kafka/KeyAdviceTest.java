package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAdviceTest {
    private static final Set<String> KEYS = Set.copyOf(RegistrySerdeConfig.KEYS);

    @ParameterizedTest
    @CsvSource({
        "schema.registry.urls, schema.registry.url",
        "schema.registry.uri, schema.registry.url",
        "schema_registry_url, schema.registry.url",
        "auto.register.schema, auto.register.schemas",
        "use.lastest.version, use.latest.version",
        "specific.avro.readers, specific.avro.reader",
        "value.subject.name.stratergy, value.subject.name.strategy",
        "use.schema.ids, use.schema.id",
        "use.latest.with.metedata, use.latest.with.metadata",
        "value.schema.id.serialiser, value.schema.id.serializer",
        "rule.executor, rule.executors",
    })
    void nearestOf_typo_isOurKey(String typo, String key) {
        assertThat(KeyAdvice.nearestOf(typo, KEYS)).contains(key);
    }

    @Test
    void nearestOf_keysOfKafkaAndOurs_isNone() {
        Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames(), AdminClientConfig.configNames())
                .flatMap(Set::stream)
                .forEach(key ->
                        assertThat(KeyAdvice.nearestOf(key, KEYS)).as(key).isEmpty());
        assertThat(RegistrySerdeConfig.KEYS)
                .allSatisfy(key -> assertThat(KeyAdvice.nearestOf(key, KEYS)).isEmpty());
    }

    @Test
    void warnAbout_keysOfOtherSerializers_saysSo() {
        try (Warnings warnings = new Warnings()) {
            KeyAdvice.warnAbout(Set.of("rule.metrics.enable", "schema.registry.ssl.protocol"), Set.of());
            KeyAdvice.warnAbout(Set.of("basic.auth.credentials.source", "ssl.protocol"), Set.of());

            assertThat(warnings.messages())
                    .hasSize(2)
                    .anySatisfy(warning -> assertThat(warning).contains("'rule.metrics.enable' is not supported"))
                    .anySatisfy(
                            warning -> assertThat(warning).contains("'schema.registry.ssl.protocol' is not supported"));
        }
    }

    @Test
    void warnAbout_typo_warnsOnce() {
        try (Warnings warnings = new Warnings()) {
            KeyAdvice.warnAbout(Set.of("normalise.schemas"), Set.of());
            KeyAdvice.warnAbout(Set.of("normalise.schemas"), Set.of());

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("'normalise.schemas'", "did you mean 'normalize.schemas'?");
        }
    }

    @Test
    void warnAbout_typoInAKeyOfTheConnection_namesTheNearest() {
        try (Warnings warnings = new Warnings()) {
            KeyAdvice.warnAbout(Set.of("schema.registry.ssl.truststore.locatoin"), Set.of());

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("did you mean 'schema.registry.ssl.truststore.location'?");
        }
    }

    @Test
    void warnAbout_keysOfALanguage_areKnown() {
        Set<String> ofLanguage = Set.of("avro.use.logical.type.converters", "text.eol");
        try (Warnings warnings = new Warnings()) {
            KeyAdvice.warnAbout(Set.of("avro.use.logical.type.converters", "text.eoll"), ofLanguage);

            assertThat(warnings.messages()).singleElement().asString().contains("did you mean 'text.eol'?");
        }
    }
}
