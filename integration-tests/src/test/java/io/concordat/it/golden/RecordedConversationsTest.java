package io.concordat.it.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.it.golden.Deviations.Deviation;
import io.concordat.it.golden.Deviations.Kind;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Says to our server what was said to another registry, in the same order, and compares the answers.
 *
 * <p>The server runs in this process, unless the system property {@value #URL} names one that runs elsewhere and is empty.
 */
class RecordedConversationsTest {
    private static final String URL = "concordat.recorded.url";
    private static final Target TARGET = Target.named(System.getProperty(URL));

    /** What is spoken to. */
    private record Target(String url, Runnable close) {
        static Target named(@Nullable String url) {
            return url == null ? inProcess() : new Target(url, () -> {});
        }

        private static Target inProcess() {
            RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
            RegistryServer server =
                    RegistryServer.start(engine, ServerConfig.builder().port(0).build());
            return new Target("http://127.0.0.1:" + server.port(), () -> {
                server.close();
                engine.close();
            });
        }
    }

    private final List<Scenario> scenarios = Scenario.all();
    private final Deviations deviations = Deviations.load();
    private final DescribedAnswers described = DescribedAnswers.load();

    @AfterAll
    static void close() {
        TARGET.close().run();
    }

    @Test
    void deviations_nameStepsThatExist() {
        assertThat(deviations.unknown(scenarios)).isEmpty();
    }

    @Test
    void deviations_areFew() {
        assertThat(deviations.entries()).isLessThan(40);
    }

    @TestFactory
    Stream<DynamicNode> answers_areAsRecorded() {
        return scenarios.stream().map(scenario -> {
            Replay replay = new Replay(TARGET.url(), scenario, described);
            return dynamicContainer(
                    scenario.file(),
                    scenario.steps().stream().map(step -> isAsRecordedOrListed(scenario, step, replay)));
        });
    }

    private DynamicTest isAsRecordedOrListed(Scenario scenario, Scenario.Step step, Replay replay) {
        Optional<Deviation> deviation = deviations.of(scenario, step);
        return deviation.isEmpty()
                ? dynamicTest(step.toString(), () -> isAsRecorded(step, replay.say(step)))
                : dynamicTest(
                        step + " - " + deviation.get().reason(),
                        () -> differsAsListed(step, replay.say(step), deviation.get()));
    }

    private void isAsRecorded(Scenario.Step step, Replay.Answer answer) {
        assertThat(answer).hasToString(recorded(step).toString());
    }

    private void differsAsListed(Scenario.Step step, Replay.Answer found, Deviation deviation) {
        assertThat(isSame(step, found))
                .as("a stale deviation: the answer is as recorded")
                .isFalse();
        if (deviation.kind() == Kind.TEXT) {
            assertThat(withoutTexts(found))
                    .hasToString(withoutTexts(recorded(step)).toString());
        }
        if (deviation.kind() == Kind.OURS) {
            assertThat(found.status())
                    .as(found.toString())
                    .isEqualTo(deviation.status().orElseThrow());
            deviation.code().ifPresent(code -> assertThat(found.code()).contains(code));
        }
    }

    private boolean isSame(Scenario.Step step, Replay.Answer answer) {
        return answer.toString().equals(recorded(step).toString());
    }

    private Replay.Answer recorded(Scenario.Step step) {
        return new Replay.Answer(step.status(), step.type(), withoutInternals(step.body()));
    }

    private @Nullable Object withoutInternals(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> members)) {
            return body;
        }
        Map<String, @Nullable Object> clean = new LinkedHashMap<>();
        members.forEach((name, value) -> clean.put((String) name, value));
        clean.computeIfPresent("message", (name, text) -> deviations.withoutInternals((String) text));
        clean.computeIfPresent(
                "messages",
                (name, texts) -> ((List<?>) texts)
                        .stream()
                                .map(text -> deviations.withoutInternals((String) text))
                                .toList());
        return clean;
    }

    private static Replay.Answer withoutTexts(Replay.Answer answer) {
        if (!(answer.body() instanceof Map<?, ?> members)) {
            return answer;
        }
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(List.of("message", "messages"));
        return new Replay.Answer(answer.status(), answer.type(), rest);
    }
}
