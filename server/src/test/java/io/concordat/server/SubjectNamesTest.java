package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of subjects travel through paths, bodies and lists without a change. */
class SubjectNamesTest {
    private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";
    private static final int SAMPLE = 200;

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final RawClient client = new RawClient(server.port());

    @AfterEach
    void close() {
        client.close();
        server.close();
        engine.close();
    }

    @Test
    void name_withAnyCharacter_comesBack() {
        long seed = new Random().nextLong();
        List<String> names = new ArrayList<>();
        characters(seed).forEach(character -> names.add("a" + character + "b"));

        for (String name : names) {
            assertThat(register(encoded(name)).status())
                    .as("registering under '%s', seed %d", name, seed)
                    .isEqualTo(200);
        }

        assertThat(listed()).as("seed %d", seed).isEqualTo(new HashSet<>(names));
        for (String name : names) {
            String version =
                    client.get("/subjects/" + encoded(name) + "/versions/1").body();
            assertThat(version).as("seed %d", seed).contains("\"subject\":" + new String(Json.write(name), UTF_8));
            assertThat(delete(encoded(name)).body()).as("seed %d", seed).isEqualTo("[1]");
        }
        assertThat(listed()).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "...",
                "/",
                "//",
                "../../etc/passwd",
                "%",
                "%2F",
                "%25",
                "+",
                " ",
                "  a ",
                ";",
                "a;b=c",
                "?",
                "#",
                "a?b=c#d",
                ":",
                "::",
                "a:b",
                ":a:b",
                ".ctx",
                "\\",
                "\"",
                "'",
                "<script>",
                "versions",
                "latest",
                "-1",
                "null",
                "\u00e9",
                "e\u0301",
                "\u202e",
                "\ufeff",
                "\uffff",
                "\ud83d\ude00",
                "*",
                "{subject}",
                "&",
                "=",
                "a&deleted=true"
            })
    void name_thatMeansSomethingElsewhere_comesBack(String name) {
        assertThat(register(encoded(name)).status()).isEqualTo(200);

        assertThat(listed()).containsExactly(name);
        assertThat(client.get("/subjects/" + encoded(name) + "/versions").body())
                .isEqualTo("[1]");
        assertThat(client.get("/schemas/ids/1/subjects").body())
                .isEqualTo(new String(Json.write(List.of(name)), UTF_8));
        assertThat(client.get("/subjects?subjectPrefix=" + encoded(name)).body())
                .isEqualTo(new String(Json.write(List.of(name)), UTF_8));
    }

    @Test
    void name_withAControlCharacter_answers400() {
        IntStream.range(0, 0xa0)
                .filter(Character::isISOControl)
                .forEach(character -> assertThat(
                                register(encoded("a" + (char) character + "b")).status())
                        .as("U+%04X", character)
                        .isEqualTo(400));

        assertThat(listed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ED%A0%80", "%C0%AF", "%E0%80%AF", "%F4%90%80%80", "%FF", "%C3", "a%C3%28"})
    void name_notInUtf8_answers400(String encoded) {
        assertThat(register(encoded).status()).isEqualTo(400);
        assertThat(client.get("/subjects?subjectPrefix=" + encoded).status()).isEqualTo(400);
    }

    @Test
    void name_ofManyCharacters_comesBack() {
        String name = "\u20ac".repeat(800);

        assertThat(register(encoded(name)).status()).isEqualTo(200);

        assertThat(listed()).containsExactly(name);
    }

    /** All of the first 0x300 characters, and a sample of the others. */
    private static Stream<String> characters(long seed) {
        IntStream others = new Random(seed)
                .ints(0x300, 0x110000)
                .filter(character -> character < 0xd800 || character > 0xdfff)
                .distinct()
                .limit(SAMPLE);
        return IntStream.concat(
                        IntStream.range(0, 0x300).filter(character -> !Character.isISOControl(character)), others)
                .mapToObj(Character::toString);
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name.getBytes(UTF_8)) {
            text.append(String.format("%%%02X", octet & 0xff));
        }
        return text.toString();
    }

    private RawClient.Response register(String encoded) {
        return client.send("POST /subjects/" + encoded + "/versions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                        + SCHEMA.length() + "\r\n\r\n" + SCHEMA)
                .receive();
    }

    private RawClient.Response delete(String encoded) {
        return client.send("DELETE /subjects/" + encoded + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .receive();
    }

    private Set<String> listed() {
        Set<String> names = new HashSet<>();
        Object list = Json.read(client.get("/subjects").body().getBytes(UTF_8));
        ((List<?>) Objects.requireNonNull(list)).forEach(name -> names.add((String) name));
        return names;
    }
}
