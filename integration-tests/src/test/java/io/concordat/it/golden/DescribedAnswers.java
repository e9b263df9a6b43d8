package io.concordat.it.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code docs/openapi.json} says about answers: which statuses and error codes a request may be answered with, and what the
 * bodies look like. A member that it does not describe is a mistake here, though not to clients.
 */
final class DescribedAnswers {
    private static final String ROOT = "https://concordat.io/";
    private static final String DOCUMENT = "openapi";

    private final JsonObject document;
    private final SchemaRepository schemas;
    private final Map<String, Validator> validators = new ConcurrentHashMap<>();

    private DescribedAnswers(JsonObject document) {
        this.document = document;
        schemas = SchemaRepository.create(
                new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri(ROOT));
        schemas.dereference(DOCUMENT, JsonSchema.of(closed(document.copy().getJsonObject("components"))));
    }

    static DescribedAnswers load() {
        try {
            return new DescribedAnswers(new JsonObject(Files.readString(Path.of("..", "docs", "openapi.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the description does not know such an answer. What is not described as a path must be refused. */
    void check(String method, String path, int status, byte[] body) {
        if (method.equals("OPTIONS") || method.equals("HEAD")) {
            return;
        }
        Optional<JsonObject> operation = operation(method, path);
        if (operation.isEmpty()) {
            assertThat(status).as(method + " " + path + " is not described").isIn(400, 404, 405);
            return;
        }
        JsonObject response =
                operation.get().getJsonObject("responses").getJsonObject(Integer.toString(status), new JsonObject());
        String what = operation.get().getString("operationId") + ", " + status;
        assertThat(response.fieldNames()).as(what + " is not described").contains("description");
        JsonObject content = response.getJsonObject("content", new JsonObject());
        if (content.isEmpty()) {
            assertThat(body).as(what).isEmpty();
        } else {
            checkBody(what, response, content, new String(body, UTF_8));
        }
    }

    private void checkBody(String what, JsonObject response, JsonObject content, String body) {
        String shape = content.getJsonObject(content.fieldNames().iterator().next())
                .getJsonObject("schema")
                .getString("$ref")
                .replace("#/components/schemas/", "");
        Object value = shape.equals("SchemaText") ? body : Json.decodeValue(body);
        OutputUnit verdict = validators.computeIfAbsent(shape, this::validator).validate(value);
        assertThat(verdict.getValid())
                .as(() -> what + " is no " + shape + ": " + body + "\n" + verdict.toJson())
                .isTrue();
        if (shape.equals("Error")) {
            int code = ((JsonObject) value).getInteger("error_code");
            assertThat(response.getString("description").split("[ ,]+"))
                    .as(what + " has an error code that is not described: " + body)
                    .contains(Integer.toString(code));
        }
    }

    private Validator validator(String shape) {
        return schemas.validator(JsonSchema.of(new JsonObject()
                .put("$id", ROOT + "answers/" + shape)
                .put("$ref", ROOT + DOCUMENT + "#/schemas/" + shape)));
    }

    /** The operation of a request. A path may begin with a context, whatever follows. */
    private Optional<JsonObject> operation(String method, String path) {
        List<String> asked = segments(path.split("\\?", -1)[0]);
        List<String> inContext =
                asked.size() > 2 && asked.get(0).equals("contexts") ? asked.subList(2, asked.size()) : asked;
        JsonObject paths = document.getJsonObject("paths");
        return paths.fieldNames().stream()
                .filter(template -> matches(segments(template), inContext))
                .min((one, other) -> Boolean.compare(one.endsWith("}"), other.endsWith("}")))
                .map(template -> paths.getJsonObject(template).getJsonObject(method.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!template.get(i).startsWith("{") && !template.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        segments.removeIf(String::isEmpty);
        return segments;
    }

    /** The same with objects that have no other members than those that are described. */
    private static JsonObject closed(JsonObject schema) {
        for (String name : List.copyOf(schema.fieldNames())) {
            Object member = schema.getValue(name);
            if (member instanceof JsonObject inner) {
                closed(inner);
            } else if (member instanceof JsonArray list) {
                list.stream().filter(JsonObject.class::isInstance).forEach(inner -> closed((JsonObject) inner));
            } else if (name.equals("$ref")) {
                schema.put(name, ((String) member).replace("#/components/", ROOT + DOCUMENT + "#/"));
            }
        }
        if (schema.getValue("properties") instanceof JsonObject && !schema.containsKey("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
