package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiTest {
    /** Says that the file is to be written instead of compared. */
    private static final String WRITE = "openapi.write";

    private static final Path FILE = Path.of("..", "docs", "openapi.json");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    private final Vertx vertx = Vertx.vertx();
    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final List<Route> routes = SingleNode.routes(engine);
    private final JsonObject document = new JsonObject(new String(Json.write(OpenApi.document(routes)), UTF_8));

    @AfterEach
    void close() {
        engine.close();
        vertx.close();
    }

    @Test
    void routes_areAllDescribed() {
        assertThat(routes)
                .as("Routes without .described(id, summary, shape) in Routes")
                .filteredOn(route -> route.description().isEmpty())
                .extracting(OpenApiTest::name)
                .isEmpty();
    }

    @Test
    void routes_thatTakeABody_describeIt() {
        assertThat(routes)
                .as("Routes that lack .taking(shape) in Routes, or have it although they read no body")
                .filteredOn(route -> route.description().isPresent())
                .filteredOn(route -> route.takesBody()
                        != route.description().orElseThrow().takes().isPresent())
                .extracting(OpenApiTest::name)
                .isEmpty();
    }

    @Test
    void document_describesWhatIsServedAndNothingElse() {
        Set<String> described = operations()
                .map(operation -> operation.method().toUpperCase(Locale.ROOT) + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described)
                .isEqualTo(routes.stream().map(OpenApiTest::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void operations_haveNamesOfTheirOwn() {
        assertThat(operations().map(operation -> operation.members().getString("operationId")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void operations_areWellFormed() {
        operations().forEach(operation -> {
            JsonObject members = operation.members();
            assertThat(members.fieldNames())
                    .as(operation.path())
                    .contains("operationId", "summary", "responses")
                    .isSubsetOf("operationId", "summary", "parameters", "requestBody", "responses");
            assertThat(members.getJsonObject("responses").fieldNames())
                    .as(operation.path())
                    .contains("400", "500")
                    .containsAnyOf("200", "204", "207")
                    .allMatch(status -> status.matches("[245]\\d\\d"));
            objects(members.getJsonArray("parameters", new JsonArray()))
                    .forEach(parameter -> assertThat(parameter.fieldNames())
                            .as(operation.path())
                            .contains("name", "in", "schema"));
        });
    }

    @Test
    void parameters_areThoseOfThePath() {
        JsonObject known = document.getJsonObject("components").getJsonObject("parameters");
        for (String path : document.getJsonObject("paths").fieldNames()) {
            Matcher names = Pattern.compile("\\{(\\w+)}").matcher(path);
            while (names.find()) {
                assertThat(known.fieldNames())
                        .as("shapes.json must describe {" + names.group(1) + "} of " + path + " among its parameters")
                        .contains(names.group(1));
                assertThat(known.getJsonObject(names.group(1)).getString("name"))
                        .isEqualTo(names.group(1));
            }
        }
    }

    @Test
    void references_leadSomewhere() {
        assertThat(references(document))
                .as("What is referred to but missing in shapes.json")
                .filteredOn(reference -> document.getJsonObject("components") == null || find(reference) == null)
                .isEmpty();
    }

    @Test
    void components_areAllReferredTo() {
        List<String> components = new ArrayList<>();
        for (String kind : document.getJsonObject("components").fieldNames()) {
            for (String name :
                    document.getJsonObject("components").getJsonObject(kind).fieldNames()) {
                components.add("#/components/" + kind + "/" + name);
            }
        }

        assertThat(references(document))
                .as("Shapes and parameters that no route uses: take them out of shapes.json and Shape")
                .containsAll(components);
        assertThat(Arrays.stream(Shape.values())
                        .filter(shape -> shape != Shape.NONE)
                        .map(shape -> "#/components/schemas/" + shape.component()))
                .as("Shapes that shapes.json does not have")
                .isSubsetOf(components);
    }

    @ParameterizedTest
    @EnumSource
    void parameter_isUsed(Parameter parameter) {
        assertThat(routes)
                .anyMatch(
                        route -> route.description().orElseThrow().parameters().contains(parameter));
    }

    @Test
    void schemas_areJsonSchemas() {
        JsonSchemaOptions options =
                new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri("https://concordat.io/");
        Validator meta = SchemaRepository.create(options)
                .preloadMetaSchema(vertx.fileSystem(), Draft.DRAFT202012)
                .validator(Draft.DRAFT202012.getIdentifier());
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");

        for (String name : schemas.fieldNames()) {
            assertThat(meta.validate(schemas.getJsonObject(name)).getErrors())
                    .as(name)
                    .isNullOrEmpty();
        }
    }

    @Test
    void file_isUpToDate() throws IOException {
        String current = document.encodePrettily() + "\n";
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, current);
        }

        assertThat(Files.readString(FILE))
                .as("docs/openapi.json is old; write it with: mvn -pl server -am test -Dtest=OpenApiTest -D" + WRITE
                        + "=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(current);
    }

    private record Operation(String path, String method, JsonObject members) {}

    private Stream<Operation> operations() {
        JsonObject paths = document.getJsonObject("paths");
        return paths.fieldNames().stream()
                .flatMap(path -> paths.getJsonObject(path).fieldNames().stream()
                        .filter(METHODS::contains)
                        .map(method -> new Operation(
                                path, method, paths.getJsonObject(path).getJsonObject(method))));
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static Set<String> references(Object value) {
        Set<String> found = new TreeSet<>();
        if (value instanceof JsonObject members) {
            members.forEach(member -> {
                if (member.getKey().equals("$ref")) {
                    found.add((String) member.getValue());
                } else {
                    found.addAll(references(member.getValue()));
                }
            });
        } else if (value instanceof JsonArray elements) {
            elements.forEach(element -> found.addAll(references(element)));
        }
        return found;
    }

    private @Nullable Object find(String reference) {
        Object place = document;
        for (String step : reference.substring(2).split("/", -1)) {
            place = place instanceof JsonObject members ? members.getValue(step) : null;
        }
        return place;
    }
}
