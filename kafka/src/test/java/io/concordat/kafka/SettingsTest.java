package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.serdes.RecordPart;
import io.concordat.serdes.SubjectNaming;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                        RecordPart.VALUE, true, false, Duration.ofSeconds(60), false, false, SubjectNaming.TOPIC));
    }

    @Test
    void of_textsAndObjects_areBothUnderstood() {
        Settings fromTexts = Settings.of(
                Map.of(
                        "auto.register.schemas", "false",
                        "use.latest.version", "TRUE",
                        "latest.cache.ttl.sec", "5",
                        "normalize.schemas", "true",
                        "specific.avro.reader", "true",
                        "key.subject.name.strategy", "RecordNameStrategy"),
                true);
        Settings fromObjects = Settings.of(
                Map.of(
                        "auto.register.schemas", false,
                        "use.latest.version", true,
                        "latest.cache.ttl.sec", 5,
                        "normalize.schemas", true,
                        "specific.avro.reader", true,
                        "key.subject.name.strategy", SubjectNaming.RECORD),
                true);

        assertThat(fromTexts)
                .isEqualTo(new Settings(
                        RecordPart.KEY, false, true, Duration.ofSeconds(5), true, true, SubjectNaming.RECORD));
        assertThat(fromObjects).isEqualTo(fromTexts);
    }

    @Test
    void of_severalMistakes_namesThemAll() {
        assertThatThrownBy(() -> Settings.of(
                        Map.of(
                                "auto.register.schemas", "yes",
                                "latest.cache.ttl.sec", "-2",
                                "value.subject.name.strategy", "com.acme.Missing"),
                        false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("auto.register.schemas is 'yes'")
                .hasMessageContaining("latest.cache.ttl.sec is -2")
                .hasMessageContaining("value.subject.name.strategy is 'com.acme.Missing'");
    }

    @Test
    void of_noExpiry_lastsForEver() {
        assertThat(Settings.of(Map.of("latest.cache.ttl.sec", -1L), false).latestTimeToLive())
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
                        .naming())
                .isSameAs(SubjectNaming.TOPIC_RECORD);
    }

    @Test
    void naming_classOrItsName_isMadeAndConfigured() {
        for (Object given : List.of(TeamNaming.class, TeamNaming.class.getName(), new TeamNaming())) {
            SubjectNaming naming = Settings.of(Map.of("value.subject.name.strategy", given, "team", "blue"), false)
                    .naming();

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
