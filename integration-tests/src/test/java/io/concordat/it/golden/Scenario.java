package io.concordat.it.golden;

import io.concordat.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded conversation.
 *
 * @param file its name without a suffix
 * @param name what its subjects begin with
 * @param steps in order
 */
record Scenario(String file, String name, List<Step> steps) {
    /**
     * A request and the answer that was recorded.
     *
     * @param number from 1
     * @param request what is sent, with placeholders
     * @param status the recorded status
     * @param type the recorded media type
     * @param body the recorded body, with ids and timestamps made alike
     */
    record Step(
            int number,
            Map<?, ?> request,
            int status,
            @Nullable String type,
            @Nullable Object body) {
        String method() {
            return (String) Objects.requireNonNull(request.get("m"));
        }

        String path() {
            return (String) Objects.requireNonNull(request.get("p"));
        }

        @Override
        public String toString() {
            Object note = request.get("note");
            return "#" + number + " " + method() + " " + path() + (note == null ? "" : " (" + note + ")");
        }
    }

    /** All of them, by name. */
    static List<Scenario> all() {
        try (Stream<Path> files = Files.list(resource("scenarios"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .map(Scenario::load)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path resource(String path) {
        URL url = Objects.requireNonNull(Scenario.class.getResource("/golden/" + path), path);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scenario load(String file) {
        try {
            Map<?, ?> scenario = object(Files.readAllBytes(resource("scenarios/" + file + ".json")));
            List<?> requests = (List<?>) Objects.requireNonNull(scenario.get("steps"));
            List<String> answers = Files.readAllLines(resource("expected/" + file + ".jsonl"));
            if (requests.size() != answers.size()) {
                throw new IllegalStateException(
                        file + " has " + requests.size() + " requests and " + answers.size() + " recorded answers");
            }
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                steps.add(step(
                        (Map<?, ?>) requests.get(i),
                        object(answers.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            }
            return new Scenario(file, (String) Objects.requireNonNull(scenario.get("name")), steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(Map<?, ?> request, Map<?, ?> answer) {
        return new Step(
                (Integer) Objects.requireNonNull(answer.get("step")),
                request,
                (Integer) Objects.requireNonNull(answer.get("status")),
                (String) answer.get("type"),
                answer.get("body"));
    }

    private static Map<?, ?> object(byte[] json) {
        return (Map<?, ?>) Objects.requireNonNull(Json.read(json));
    }
}
