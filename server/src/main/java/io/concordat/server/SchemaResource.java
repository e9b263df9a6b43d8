package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.engine.Associations;
import io.concordat.engine.RegistryReads;
import io.concordat.engine.SchemaFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Schemas by id and by GUID. */
final class SchemaResource {
    private static final Pattern GUID = Pattern.compile(
            "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})");

    private final RegistryReads reads;
    private final Associations associations;
    private final PreparedAnswers byId = new PreparedAnswers();

    SchemaResource(RegistryReads reads, Associations associations) {
        this.reads = reads;
        this.associations = associations;
    }

    Answer list(Request request) {
        SchemaFilter filter = new SchemaFilter(
                request.query("subjectPrefix"),
                request.flag("aliases"),
                request.includingDeleted(),
                request.flag("latestOnly"),
                request.query("ruleType"),
                AssociationQuery.filterIfAny(request));
        Rendering plain = Rendering.plain(reads);
        return Answer.json(Page.of(request, Page.LONG_ENTRIES).of(reads.schemas(filter)).stream()
                .map(row -> listed(row, plain, filter))
                .toList());
    }

    private Map<String, Object> listed(RegisteredSchema row, Rendering rendering, SchemaFilter filter) {
        Map<String, Object> entity = Entities.version(row, rendering);
        if (filter.aliases()) {
            Entities.putAliases(entity, reads.aliases(row.subject()));
        }
        filter.associated()
                .ifPresent(wanted -> entity.put(
                        "associations",
                        associations
                                .ofSubject(row.subject(), wanted)
                                .map(AssociationEntities::association)
                                .toList()));
        return entity;
    }

    Answer byId(Request request) {
        RegisteredSchema row = row(request);
        if (request.query().isEmpty()) {
            return byId.of(row, any -> Answer.json(Entities.schema(any, Rendering.plain(reads), OptionalInt.empty())));
        }
        OptionalInt maxId = request.flag("fetchMaxId")
                ? OptionalInt.of(reads.highestId(row.subject().context()))
                : OptionalInt.empty();
        return Answer.json(Entities.schema(row, Rendering.of(request, reads), maxId));
    }

    Answer textById(Request request) {
        return Answer.raw(reads.text(row(request), request.query("format")));
    }

    Answer subjects(Request request) {
        return Answer.json(
                Page.of(request).of(usages(request).map(SubjectVersion::subject).map(Subject::qualified)));
    }

    Answer versions(Request request) {
        return Answer.json(Page.of(request).of(usages(request).map(Entities::subjectVersion)));
    }

    Answer byGuid(Request request) {
        String asked = request.path("guid");
        UUID guid = guid(asked)
                .orElseThrow(() -> new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "Schema " + asked + " not found"));
        return Answer.json(Entities.schema(reads.row(guid), Rendering.of(request, reads)));
    }

    Answer ids(Request request) {
        List<SchemaId> ids = guid(request.path("guid")).map(reads::ids).orElse(List.of());
        return Answer.json(ids.stream().map(Entities::contextId).toList());
    }

    private RegisteredSchema row(Request request) {
        int id = request.pathNumber("id");
        return reads.schema(preferred(request), id);
    }

    private Stream<SubjectVersion> usages(Request request) {
        SchemaId id = new SchemaId(preferred(request).context(), request.pathNumber("id"));
        return reads.usages(id, request.includingDeleted());
    }

    private Subject preferred(Request request) {
        return reads.unaliased(Subject.of(request.query("subject")));
    }

    private static Optional<UUID> guid(String text) {
        Matcher parts = GUID.matcher(text);
        return parts.matches()
                ? Optional.of(UUID.fromString(String.join(
                        "-", parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5))))
                : Optional.empty();
    }
}
