package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.json.Json;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of everything the server answers, as OpenAPI 3.1 has it. Made of the route table. */
final class OpenApi {
    static final String PATH = "/openapi.json";

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    /** What any request may come to. */
    private static final List<ErrorCode> ALWAYS = List.of(
            ErrorCode.BAD_REQUEST,
            ErrorCode.NOT_ACCEPTABLE,
            ErrorCode.URI_TOO_LONG,
            ErrorCode.TOO_MANY_REQUESTS,
            ErrorCode.HEADERS_TOO_LARGE,
            ErrorCode.INTERNAL,
            ErrorCode.OPERATION_TIMED_OUT);

    /** What a request with a body may come to. */
    private static final List<ErrorCode> WITH_BODY = List.of(
            ErrorCode.REQUEST_TIMEOUT,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.UNPROCESSABLE);

    private OpenApi() {}

    /** These routes and the one that describes them all. */
    static List<Route> describing(List<Route> routes) {
        CompletableFuture<Answer> description = new CompletableFuture<>();
        List<Route> all = new ArrayList<>(routes);
        all.add(new Route(HttpMethod.GET, PATH, Operation.SERVER_READ, Work.BRIEF, false, request -> description)
                .described("describe", "This description", Shape.DESCRIPTION));
        description.complete(Answer.json(document(all)).as(MediaTypes.JSON));
        return List.copyOf(all);
    }

    /** The description. A route that tells nothing about itself is left out. */
    static Map<String, Object> document(List<Route> routes) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("paths", paths(routes));
        document.put("components", components());
        return document;
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Concordat");
        info.put("summary", "A schema registry for Apache Kafka");
        info.put(
                "description",
                "Every read also answers HEAD, and every path OPTIONS. A slash in a subject is written %2F. In a context,"
                        + " a subject is called `:.context:name`.");
        Map<String, Object> license = new LinkedHashMap<>();
        license.put("name", "Apache-2.0");
        license.put("identifier", "Apache-2.0");
        info.put("license", license);
        info.put("version", "1");
        return new TreeMap<>(info);
    }

    private static Map<String, Object> paths(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routes) {
            route.description()
                    .ifPresent(description -> paths.computeIfAbsent(route.path(), path -> item(route))
                            .put(route.method().name().toLowerCase(Locale.ROOT), operation(route, description)));
        }
        return new LinkedHashMap<>(paths);
    }

    /** What holds for all that is done with a path. */
    private static Map<String, Object> item(Route route) {
        Map<String, Object> item = new LinkedHashMap<>();
        List<Object> names = new ArrayList<>();
        Matcher name = NAME.matcher(route.path());
        while (name.find()) {
            names.add(Map.of("$ref", "#/components/parameters/" + name.group(1)));
        }
        if (!names.isEmpty()) {
            item.put("parameters", names);
        }
        return item;
    }

    private static Map<String, Object> operation(Route route, Description description) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", description.id());
        operation.put("summary", description.summary());
        if (!description.parameters().isEmpty()) {
            operation.put(
                    "parameters",
                    description.parameters().stream()
                            .map(Parameter::description)
                            .toList());
        }
        description.takes().ifPresent(shape -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("required", shape != Shape.NOTHING);
            body.put("content", content(shape.reference(), MediaTypes.READ));
            operation.put("requestBody", body);
        });
        operation.put("responses", responses(route, description));
        return operation;
    }

    private static Map<String, Object> responses(Route route, Description description) {
        Map<String, Object> responses = new LinkedHashMap<>();
        if (description.gives() == Shape.NONE) {
            responses.put(description.gives().status(), Map.of("description", "Done"));
        } else {
            List<String> types =
                    description.gives() == Shape.DESCRIPTION ? List.of(MediaTypes.JSON) : MediaTypes.PRODUCED;
            responses.put(
                    description.gives().status(),
                    response("Done", content(description.gives().reference(), types)));
        }
        refusals(route, description)
                .forEach((status, codes) -> responses.put(
                        Integer.toString(status),
                        response(String.join(", ", codes), content(error(), MediaTypes.PRODUCED))));
        return responses;
    }

    /** The statuses of refusals, and the numbers and names of the errors behind each. */
    static Map<Integer, List<String>> refusals(Route route, Description description) {
        TreeSet<ErrorCode> codes = new TreeSet<>(ALWAYS);
        if (route.takesBody()) {
            codes.addAll(WITH_BODY);
        }
        if (route.path().contains("{id}") || description.parameters().contains(Parameter.LIMIT)) {
            // Where a number belongs, anything else names nothing that is there.
            codes.add(ErrorCode.NOT_FOUND);
        }
        codes.addAll(description.refusals());
        Map<Integer, List<String>> byStatus = new TreeMap<>();
        codes.forEach(code -> byStatus.computeIfAbsent(code.httpStatus(), status -> new ArrayList<>())
                .add(code.number() + " " + code.name()));
        return byStatus;
    }

    private static Map<String, Object> response(String description, Map<String, Object> content) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", description);
        response.put("content", content);
        return response;
    }

    private static Map<String, Object> content(Map<String, Object> schema, List<String> types) {
        Map<String, Object> content = new LinkedHashMap<>();
        types.forEach(type -> content.put(type, Map.of("schema", schema)));
        return content;
    }

    private static Map<String, Object> error() {
        return Map.of("$ref", "#/components/schemas/Error");
    }

    /** The components that stand in the file beside this class. */
    static Map<String, Object> components() {
        Map<String, Object> components = new LinkedHashMap<>();
        try (InputStream file = Objects.requireNonNull(OpenApi.class.getResourceAsStream("shapes.json"))) {
            ((Map<?, ?>) Objects.requireNonNull(Json.read(file.readAllBytes())))
                    .forEach((name, value) -> components.put(String.valueOf(name), Objects.requireNonNull(value)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return components;
    }
}
