package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.vertx.core.buffer.Buffer;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a row says it is asking for is what its handler looks at: no more, and no less. */
class ParametersTest {
    private static final String SCHEMA =
            "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"F\\\",\\\"size\\\":1}\","
                    + "\"metadata\":{\"properties\":{\"true\":\"true\",\"false\":\"false\",\"1\":\"1\"}}}";

    @TestFactory
    Stream<DynamicTest> parameters_thatAreDeclared_areThoseThatAreRead() {
        try (RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog())) {
            return SingleNode.routes(engine).stream()
                    .map(route -> route.method() + " " + route.path())
                    .map(name -> DynamicTest.dynamicTest(name, () -> readsWhatItDeclares(name)))
                    .toList()
                    .stream();
        }
    }

    private static void readsWhatItDeclares(String name) {
        Set<String> declared = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (String value : List.of("true", "false", "1")) {
            try (RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog())) {
                List<Route> routes = SingleNode.routes(engine);
                answer(named(routes, "POST /subjects/{subject}/versions"), Map.of(), SCHEMA, "");
                Route route = named(routes, name);
                route.description().orElseThrow().parameters().forEach(parameter -> declared.add(parameter.text()));
                String guid = engine.reads().schema(Subject.of("s"), 1).guid().toString();
                for (String body : bodies(route)) {
                    Asked query = asked(declared, value);
                    answer(route, query, body, guid);
                    read.addAll(query.names);
                }
            }
        }

        assertThat(read).isEqualTo(declared);
    }

    /** Parameters, and the names of those that somebody has looked for. */
    private static final class Asked extends AbstractMap<String, List<String>> {
        private final Map<String, List<String>> values;
        private final Set<String> names = new TreeSet<>();

        Asked(Map<String, List<String>> values) {
            this.values = values;
        }

        @Override
        public @Nullable List<String> get(Object name) {
            names.add((String) name);
            return values.get(name);
        }

        @Override
        public boolean containsKey(Object name) {
            names.add((String) name);
            return values.containsKey(name);
        }

        @Override
        public Set<Entry<String, List<String>>> entrySet() {
            return values.entrySet();
        }
    }

    private static Asked asked(Set<String> names, String value) {
        Map<String, List<String>> values = new HashMap<>();
        names.forEach(name -> values.put(name, List.of(value)));
        values.computeIfPresent("format", (name, old) -> List.of("resolved"));
        values.computeIfPresent("subject", (name, old) -> List.of("s"));
        values.computeIfPresent("lifecycle", (name, old) -> List.of("WEAK"));
        values.computeIfPresent("context", (name, old) -> List.of("."));
        return new Asked(values);
    }

    private static List<String> bodies(Route route) {
        return route.takesBody()
                ? List.of(
                        SCHEMA,
                        "{\"compatibility\":\"NONE\"}",
                        "{\"mode\":\"READWRITE\"}",
                        "{\"requests\":[{\"resourceId\":\"r\",\"resourceName\":\"r\",\"associations\":[{\"subject\":\"s\"}]}]}",
                        "{\"resourceId\":\"r\",\"resourceName\":\"r\",\"associations\":[{\"subject\":\"s\"}]}")
                : List.of("");
    }

    /** What is asked for need not be there: refusals are answers too. */
    private static void answer(Route route, Map<String, List<String>> query, String body, String guid) {
        Map<String, String> path = Map.of(
                "subject", "s", "version", "1", "id", "1", "guid", guid, "context", "c", "resource", "r", "name", "n");
        Request request = new Request(path, query, Buffer.buffer(body.getBytes(UTF_8)), route);
        try {
            route.work().isLong(request);
            route.handler().atOnce(request);
            route.handler().handle(request).toCompletableFuture().join();
        } catch (RegistryException e) {
            assertThat(e.code().httpStatus()).isLessThan(500);
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(RegistryException.class);
        }
    }

    private static Route named(List<Route> routes, String name) {
        return routes.stream()
                .filter(route -> name.equals(route.method() + " " + route.path()))
                .findFirst()
                .orElseThrow();
    }
}
