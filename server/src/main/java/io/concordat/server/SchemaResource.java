package io.concordat.server;

import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.engine.RegistryEngine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schemas by id and by GUID. */
final class SchemaResource {
    private static final Pattern GUID = Pattern.compile(
            "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})");

    private final RegistryEngine engine;
    private final Aliases aliases;

    SchemaResource(RegistryEngine engine) {
        this.engine = engine;
        aliases = new Aliases(engine.settings());
    }

    Answer byId(Request request) {
        RegisteredSchema row = row(request);
        OptionalInt maxId = request.flag("fetchMaxId")
                ? OptionalInt.of(engine.highestId(row.subject().context()))
                : OptionalInt.empty();
        return Answer.json(Entities.schema(row, engine.text(row, request.query("format")), maxId));
    }

    Answer textById(Request request) {
        return Answer.raw(engine.text(row(request), request.query("format")));
    }

    Answer subjects(Request request) {
        return Answer.json(Page.of(request)
                .of(usages(request).stream()
                        .map(SubjectVersion::subject)
                        .map(Subject::qualified)
                        .toList()));
    }

    Answer versions(Request request) {
        return Answer.json(Page.of(request)
                .of(usages(request).stream().map(Entities::subjectVersion).toList()));
    }

    Answer byGuid(Request request) {
        String asked = request.path("guid");
        UUID guid = guid(asked)
                .orElseThrow(() -> new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "Schema " + asked + " not found"));
        RegisteredSchema row = engine.row(guid);
        return Answer.json(Entities.schema(row, engine.text(row, request.query("format"))));
    }

    Answer ids(Request request) {
        List<SchemaId> ids = guid(request.path("guid")).map(engine::ids).orElse(List.of());
        return Answer.json(ids.stream().map(Entities::contextId).toList());
    }

    private RegisteredSchema row(Request request) {
        int id = request.pathNumber("id");
        return engine.schema(preferred(request), id);
    }

    private List<SubjectVersion> usages(Request request) {
        Deleted deleted = request.includingDeleted();
        SchemaId id = new SchemaId(preferred(request).context(), request.pathNumber("id"));
        return engine.usages(id, deleted);
    }

    private Subject preferred(Request request) {
        return aliases.subject(request.query("subject"));
    }

    private static Optional<UUID> guid(String text) {
        Matcher parts = GUID.matcher(text);
        return parts.matches()
                ? Optional.of(UUID.fromString(String.join(
                        "-", parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5))))
                : Optional.empty();
    }
}
