package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Context;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.kafka.NamingSetting.Association;
import io.concordat.kafka.Settings.Choice;
import io.concordat.kafka.Settings.LatestCache;
import io.concordat.kafka.Settings.Registering;
import io.concordat.serdes.ContextNaming;
import io.concordat.serdes.IdPlacement;
import io.concordat.serdes.IdSource;
import io.concordat.serdes.RecordPart;
import io.concordat.serdes.SubjectNaming;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void of_nothing_givesTheDefaults() {
        Settings settings = Settings.of(Map.of(), false);

        assertThat(settings)
                .isEqualTo(new Settings(
                        RecordPart.VALUE,
                        new Registering(true, false, false, ""),
                        new Choice(null, null, null, true, true),
                        new LatestCache(Duration.ofSeconds(60), OptionalInt.empty()),
                        IdPlacement.PREFIX,
                        IdSource.HEADER_OR_PREFIX,
                        OptionalInt.empty(),
                        false,
                        null,
                        new NamingSetting(null, Association.USUAL, null),
                        BadRecordPolicy.FAIL,
                        Duration.ZERO));
    }

    @Test
    void of_textsAndObjects_areBothUnderstood() {
        Map<String, Object> texts = new HashMap<>();
        texts.put("auto.register.schemas", "false");
        texts.put("normalize.schemas", " true ");
        texts.put("propagate.schema.tags", "true");
        texts.put("schema.format", "serialized");
        texts.put("use.schema.id", "12");
        texts.put("key.bad.record.policy", "WRAP");
        texts.put("value.bad.record.policy", "null");
        texts.put("schema.registry.outage.wait.ms", "60000");
        texts.put("use.schema.guid", "095d71cf12556b9d5e330ad575b3df5d");
        texts.put("use.latest.version", "TRUE");
        texts.put("use.latest.with.metadata", "app=shop, 'note=a,b',owner=it''s");
        texts.put("id.compatibility.strict", "false");
        texts.put("latest.compatibility.strict", "false");
        texts.put("latest.cache.ttl.sec", "5");
        texts.put("latest.cache.size", "7");
        texts.put("max.schemas.per.subject", "50");
        texts.put("specific.avro.reader", "true");
        texts.put("schema.type", "AVRO");
        texts.put("key.schema.type", "json");
        texts.put("key.subject.name.strategy", "RecordNameStrategy");
        texts.put("context.name.strategy", "NullContextNameStrategy");
        texts.put("key.schema.id.serializer", "io.acme.schema.id.HeaderSchemaIdSerializer");
        texts.put("key.schema.id.deserializer", "io.acme.schema.id.PrefixSchemaIdDeserializer");
        Map<String, Object> objects = new HashMap<>(texts);
        objects.put("auto.register.schemas", false);
        objects.put("use.schema.id", 12);
        objects.put("use.schema.guid", UUID.fromString("095d71cf-1255-6b9d-5e33-0ad575b3df5d"));
        objects.put("use.latest.version", true);
        objects.put("use.latest.with.metadata", Map.of("app", "shop", "note", "a,b", "owner", "its"));
        objects.put("latest.cache.ttl.sec", 5);
        objects.put("bad.record.policy", "wrap");
        objects.put("schema.registry.outage.wait.ms", 60000L);
        objects.put("max.schemas.per.subject", 50);
        objects.put("key.subject.name.strategy", SubjectNaming.RECORD);

        assertThat(Settings.of(texts, true))
                .isEqualTo(new Settings(
                        RecordPart.KEY,
                        new Registering(false, true, true, "serialized"),
                        new Choice(
                                12,
                                UUID.fromString("095d71cf-1255-6b9d-5e33-0ad575b3df5d"),
                                Map.of("app", "shop", "note", "a,b", "owner", "its"),
                                false,
                                false),
                        new LatestCache(Duration.ofSeconds(5), OptionalInt.of(7)),
                        IdPlacement.HEADER,
                        IdSource.PREFIX,
                        OptionalInt.of(50),
                        true,
                        SchemaType.JSON,
                        new NamingSetting(SubjectNaming.RECORD, Association.USUAL, null),
                        BadRecordPolicy.WRAP,
                        Duration.ofMinutes(1)))
                .isEqualTo(Settings.of(objects, true));
    }

    @Test
    void of_keysOfTheOtherPart_doNotCount() {
        Settings settings = Settings.of(
                Map.of(
                        "key.schema.id.serializer", "HeaderSchemaIdSerializer",
                        "key.schema.type", "JSON",
                        "key.subject.name.strategy", "RecordNameStrategy"),
                false);

        assertThat(settings).isEqualTo(Settings.of(Map.of(), false));
    }

    @Test
    void of_severalMistakes_namesThemAll() {
        Map<String, Object> configs = new HashMap<>();
        configs.put("auto.register.schemas", "yes");
        configs.put("latest.cache.ttl.sec", "-2");
        configs.put("latest.cache.size", "0");
        configs.put("use.schema.id", "seven");
        configs.put("use.schema.guid", "12-34-x");
        configs.put("use.latest.with.metadata", "app");
        configs.put("value.subject.name.strategy", "com.acme.Missing");
        configs.put("context.name.strategy", "com.acme.Missing");
        configs.put("value.schema.id.serializer", "com.acme.FooterSchemaIdSerializer");
        configs.put("value.schema.id.deserializer", "com.acme.FooterSchemaIdDeserializer");
        configs.put("schema.type", "XML");
        configs.put("subject.name.strategy.fallback.type", "GUESS");

        assertThatThrownBy(() -> Settings.of(configs, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("auto.register.schemas is 'yes'")
                .hasMessageContaining("latest.cache.ttl.sec is -2")
                .hasMessageContaining("latest.cache.size is 0, which is not positive")
                .hasMessageContaining("use.schema.id is 'seven', which is no whole number")
                .hasMessageContaining("use.schema.guid is '12-34-x', which is no GUID")
                .hasMessageContaining("use.latest.with.metadata is 'app': 'app' is not of the form name=value")
                .hasMessageContaining("value.subject.name.strategy is 'com.acme.Missing'")
                .hasMessageContaining("context.name.strategy is 'com.acme.Missing'")
                .hasMessageContaining("value.schema.id.serializer is 'com.acme.FooterSchemaIdSerializer'")
                .hasMessageContaining("value.schema.id.deserializer is 'com.acme.FooterSchemaIdDeserializer'")
                .hasMessageContaining("schema.type is 'XML', which is none of AVRO, JSON and PROTOBUF")
                .hasMessageContaining("subject.name.strategy.fallback.type is 'GUESS'");
    }

    @Test
    void of_configuredIdWithoutOne_saysWhatItNeeds() {
        assertThatThrownBy(
                        () -> Settings.of(Map.of("value.schema.id.deserializer", "ConfigSchemaIdDeserializer"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("needs use.schema.id or use.schema.guid");
        assertThat(Settings.of(
                                Map.of(
                                        "value.schema.id.deserializer",
                                        "ConfigSchemaIdDeserializer",
                                        "use.schema.id",
                                        0),
                                false)
                        .source())
                .isNull();
    }

    @Test
    void of_negativeId_isNone() {
        assertThat(Settings.of(Map.of("use.schema.id", -1), false)).isEqualTo(Settings.of(Map.of(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1,a=2", "'a=1", "=1", "a=1,,b=2"})
    void of_metadataThatIsNoList_isRefused(String list) {
        assertThatThrownBy(() -> Settings.of(Map.of("use.latest.with.metadata", list), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("use.latest.with.metadata is '" + list + "'");
    }

    @Test
    void of_associationKeys_areUnderstood() {
        Settings settings = Settings.of(
                Map.of(
                        "value.subject.name.strategy", "io.acme.AssociatedNameStrategy",
                        "subject.name.strategy.kafka.cluster.id", "lkc-1",
                        "subject.name.strategy.fallback.type", "none",
                        "subject.name.strategy.cache.expiry.secs", "30",
                        "subject.name.strategy.cache.size", 20),
                false);

        assertThat(settings.naming())
                .isEqualTo(new NamingSetting(null, new Association("lkc-1", null, Duration.ofSeconds(30), 20), null));
    }

    @Test
    void of_noExpiry_lastsForEver() {
        assertThat(Settings.of(Map.of("latest.cache.ttl.sec", -1L), false)
                        .latest()
                        .timeToLive())
                .isGreaterThan(Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TopicRecordNameStrategy",
                "com.acme.TopicRecordNameStrategy",
                " io.acme.Outer$TopicRecordNameStrategy"
            })
    void naming_usualClassNames_areUnderstood(String name) {
        assertThat(Settings.of(Map.of("value.subject.name.strategy", name), false)
                        .naming()
                        .given())
                .isSameAs(SubjectNaming.TOPIC_RECORD);
    }

    @Test
    void naming_classOrItsName_isMadeAndConfigured() {
        for (Object given : List.of(TeamNaming.class, TeamNaming.class.getName(), new TeamNaming())) {
            SubjectNaming naming = Settings.of(Map.of("value.subject.name.strategy", given, "team", "blue"), false)
                    .naming()
                    .given();

            assertThat(naming)
                    .isInstanceOfSatisfying(
                            TeamNaming.class, made -> assertThat(made.team).isEqualTo("blue"));
        }
    }

    @Test
    void naming_classOfAnotherKind_isRefused() {
        assertThatThrownBy(() -> Settings.of(Map.of("value.subject.name.strategy", String.class), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("TopicNameStrategy")
                .hasMessageContaining(SubjectNaming.class.getName());
    }

    @Test
    void context_classOrItsName_isMadeAndConfigured() {
        for (Object given : List.of(TeamContexts.class, TeamContexts.class.getName(), new TeamContexts())) {
            NamingSetting setting = Settings.of(Map.of("context.name.strategy", given, "team", "blue"), true)
                    .naming();

            assertThat(setting.inContext(SubjectNaming.TOPIC).contextOf("orders", RecordPart.KEY))
                    .isEqualTo(Context.of("blue-orders"));
        }
    }

    /** An application's own contexts. */
    public static final class TeamContexts implements ContextNaming, Configurable {
        private String team = "none";

        @Override
        public void configure(Map<String, ?> configs) {
            team = String.valueOf(configs.get("team"));
        }

        @Override
        public Context contextOf(String topic) {
            return Context.of(team + "-" + topic);
        }
    }

    /** An application's own rule. */
    public static final class TeamNaming implements SubjectNaming, Configurable {
        private String team = "none";

        @Override
        public void configure(Map<String, ?> configs) {
            team = String.valueOf(configs.get("team"));
        }

        @Override
        public Subject subjectOf(String topic, RecordPart part, ParsedSchema schema) {
            return Subject.of(team + "-" + topic);
        }
    }
}
