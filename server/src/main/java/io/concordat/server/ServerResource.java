package io.concordat.server;

import io.concordat.api.SchemaType;
import io.concordat.engine.RegistryEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server says about itself. */
final class ServerResource {
    /** The order in which existing registries name the types. */
    private static final List<SchemaType> ORDER = List.of(SchemaType.JSON, SchemaType.PROTOBUF, SchemaType.AVRO);

    private final RegistryEngine engine;

    ServerResource(RegistryEngine engine) {
        this.engine = engine;
    }

    /** A sign of life. */
    Answer alive(Request request) {
        return Answer.json(Map.of());
    }

    Answer ping(Request request) {
        return request.body().length() == 0 ? alive(request) : request.read("post", members -> alive(request));
    }

    Answer schemaTypes(Request request) {
        List<SchemaType> types = new ArrayList<>(ORDER);
        types.retainAll(engine.schemaTypes());
        engine.schemaTypes().stream().filter(type -> !types.contains(type)).forEach(types::add);
        return Answer.json(types.stream().map(SchemaType::name).toList());
    }

    Answer clusterId(Request request) {
        Map<String, Object> clusters = new LinkedHashMap<>();
        clusters.put("kafka-cluster", engine.clusterId());
        clusters.put("schema-registry-cluster", "schema-registry");
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("path", List.of());
        scope.put("clusters", clusters);
        return Answer.json(Map.of("scope", scope));
    }

    Answer version(Request request) {
        String version = Optional.ofNullable(ServerResource.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
        return Answer.json(Map.of("version", version));
    }

    Answer deployment(Request request) {
        return Answer.json(Map.of("attributes", List.of()));
    }
}
