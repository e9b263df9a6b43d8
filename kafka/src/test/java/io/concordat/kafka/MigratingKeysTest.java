package io.concordat.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.avro.AvroCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of keys in docs/migrating.md say what is so. */
class MigratingKeysTest {
    private static final Pattern ROW = Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("`([a-z0-9.]+)`");

    @Test
    void everyKey_standsInOneOfTheTables() {
        Set<String> told = Stream.of("The same", "Different", "New")
                .flatMap(MigratingKeysTest::keys)
                .collect(Collectors.toSet());

        assertThat(RegistrySerdeConfig.KEYS).allSatisfy(key -> assertThat(told).contains(key));
        assertThat(told).allSatisfy(key -> assertThat(RegistrySerdeConfig.KEYS).contains(key));
    }

    @Test
    void keysOfAvro_standInTheirTable() {
        Set<String> settings = new HashSet<>(new AvroCodec().settingNames());
        settings.removeAll(RegistrySerdeConfig.KEYS);

        assertThat(keys("Of Avro")).containsExactlyInAnyOrderElementsOf(settings);
    }

    /** The tables of the other languages are held against their codecs where those are. */
    @ParameterizedTest
    @ValueSource(strings = {"Of Avro", "Of JSON Schema", "Of Protobuf"})
    void keysOfALanguageThatIsNotThere_areWarnings(String table) {
        Set<String> known = Set.copyOf(RegistrySerdeConfig.KEYS);
        List<String> ofOthers = keys(table)
                .filter(key -> !List.of("avro.compile.after", "avro.max.depth", "avro.max.empty.items")
                        .contains(key)) // New here.
                .toList();

        assertThat(ofOthers)
                .hasSizeGreaterThan(5)
                .allSatisfy(key -> assertThat(KeyAdvice.of(key, known))
                        .hasValueSatisfying(warning -> assertThat(warning).contains("'" + key + "' is not supported")));
    }

    @Test
    void unsupportedKeys_areWarnings() {
        Set<String> known = Set.copyOf(RegistrySerdeConfig.KEYS);
        Set<String> unsupported = keys("Not supported").collect(Collectors.toSet());

        assertThat(unsupported)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(KeyAdvice.of(key, known))
                        .hasValueSatisfying(warning -> assertThat(warning).contains("'" + key + "' is not supported")));
        assertThat(RegistrySerdeConfig.KEYS).doesNotContainAnyElementsOf(unsupported);
    }

    private static Stream<String> keys(String heading) {
        String table = text().split("### " + heading + "\n", 2)[1].split("\n#", 2)[0];
        return ROW.matcher(table)
                .results()
                .flatMap(row -> KEY.matcher(row.group(1)).results())
                .map((MatchResult found) -> found.group(1));
    }

    private static String text() {
        try {
            return Files.readString(
                    requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("docs/migrating.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
