package io.concordat.server;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.engine.Amendment;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.RegistryReads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Subjects and their versions. */
final class SubjectResource {
    private static final String EVERYWHERE = ":*:";

    /** A body that is read in less time than it takes to hand it to a worker. */
    private static final int SHORT_BODY = 8 << 10;

    private final RegistryEngine engine;
    private final Executor workers;
    private final RegistryReads reads;
    private final PreparedAnswers versions = new PreparedAnswers();

    SubjectResource(RegistryEngine engine, Executor workers) {
        this.engine = engine;
        this.workers = workers;
        reads = engine.reads();
    }

    Answer list(Request request) {
        String prefix = request.query("subjectPrefix", EVERYWHERE);
        return Answer.json(
                Page.of(request).of(reads.subjects(prefix, request.deleted()).map(Subject::qualified)));
    }

    Answer newestWith(Request request) {
        List<String> keys = request.queries("key");
        List<String> values = request.queries("value");
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            properties.put(keys.get(i), values.get(i));
        }
        return version(request, reads.newestWith(properties, subject(request), request.includingDeleted()));
    }

    /** The answer, if the body is short and such a schema has been seen before. */
    Optional<Answer> lookUpAtOnce(Request request) {
        if (request.body().length() > SHORT_BODY || !request.query().isEmpty()) {
            return Optional.empty();
        }
        SchemaRequest sent = request.read("lookUpSchemaUnderSubject", SchemaRequest::of);
        return engine.lookUpAtOnce(subject(request), sent.content(), LookupOptions.DEFAULT)
                .map(row -> version(request, row));
    }

    Answer lookUp(Request request) {
        SchemaRequest sent = request.read("lookUpSchemaUnderSubject", SchemaRequest::of);
        LookupOptions options = new LookupOptions(request.flag("normalize"), request.flag("deleted"));
        return version(request, engine.lookUp(subject(request), sent.content(), options));
    }

    CompletionStage<Answer> delete(Request request) {
        return engine.deleteSubjectAsync(subject(request), request.flag("permanent"))
                .thenApply(Answer::json);
    }

    Answer versions(Request request) {
        Subject subject = subject(request);
        boolean signed = request.flag("deletedAsNegative");
        List<RegisteredSchema> asked = reads.versions(subject, request.deleted());
        List<RegisteredSchema> rows = signed ? reads.versions(subject, Deleted.INCLUDED) : asked;
        return Answer.json(Page.of(request).of(rows).stream()
                .map(row -> signed && row.deleted() ? -row.version() : row.version())
                .toList());
    }

    CompletionStage<Answer> register(Request request) {
        SchemaRequest sent = request.read("register", SchemaRequest::of);
        RegisterOptions options =
                new RegisterOptions(request.flag("normalize"), request.flag("force"), sent.id(), sent.version());
        CompletionStage<RegisteredSchema> registered =
                engine.registerAsync(subject(request), sent.content(), options, sent.tags(), workers);
        CompletionStage<Map<String, Object>> entity = request.query("format").isEmpty()
                ? registered.thenApply(row -> Entities.registered(row, Rendering.plain(reads)))
                : registered.thenApplyAsync(row -> Entities.registered(row, Rendering.of(request, reads)), workers);
        return Explanation.isWanted(request) ? explained(entity) : entity.thenApply(Answer::json);
    }

    private static CompletionStage<Answer> explained(CompletionStage<Map<String, Object>> registered) {
        return registered
                .thenApply(entity -> {
                    entity.put(Explanation.NAME, Explanation.of(CompatibilityReport.COMPATIBLE));
                    return Answer.json(entity);
                })
                .exceptionally(Failures::explained);
    }

    CompletionStage<Answer> amend(Request request) {
        Amendment amendment = request.read("modifyTags", SchemaRequest::amendment);
        return engine.amendAsync(subject(request), versionSpec(request), amendment, workers)
                .thenApply(row -> Answer.json(Entities.registered(row, Rendering.plain(reads))));
    }

    Answer referrers(Request request) {
        return Answer.json(Page.of(request, Page.LONG_ENTRIES)
                .of(reads.referrers(subject(request), versionSpec(request), request.includingDeleted())));
    }

    Answer version(Request request) {
        RegisteredSchema row = row(request);
        return request.query().isEmpty()
                ? versions.of(row, any -> Answer.json(Entities.version(any, Rendering.plain(reads))))
                : version(request, row);
    }

    Answer schema(Request request) {
        return Answer.raw(reads.text(row(request), request.query("format")));
    }

    CompletionStage<Answer> deleteVersion(Request request) {
        return engine.deleteVersionAsync(subject(request), versionSpec(request), request.flag("permanent"))
                .thenApply(Answer::json);
    }

    Answer checkVersion(Request request) {
        SchemaRequest sent = request.read("testCompatibilityBySubjectName", SchemaRequest::of);
        VersionSpec version = versionSpec(request);
        return verdict(
                request, () -> engine.check(subject(request), version, sent.content(), request.flag("normalize")));
    }

    Answer check(Request request) {
        SchemaRequest sent = request.read("testCompatibilityForSubject", SchemaRequest::of);
        return verdict(request, () -> engine.check(subject(request), sent.content(), request.flag("normalize")));
    }

    private static Answer verdict(Request request, Supplier<CompatibilityReport> check) {
        boolean verbose = request.flag("verbose");
        CompatibilityReport report;
        try {
            report = check.get();
        } catch (RegistryException e) {
            if (!verbose || e.code() != ErrorCode.INVALID_SCHEMA) {
                throw e;
            }
            report = Explanation.invalid(e);
        }
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("is_compatible", report.compatible());
        if (verbose) {
            entity.put("messages", report.messages());
        }
        if (Explanation.isWanted(request)) {
            entity.put(Explanation.NAME, Explanation.of(report));
        }
        return Answer.json(entity);
    }

    private Answer version(Request request, RegisteredSchema row) {
        return Answer.json(Entities.version(row, Rendering.of(request, reads)));
    }

    private RegisteredSchema row(Request request) {
        return reads.version(subject(request), versionSpec(request), request.includingDeleted());
    }

    private Subject subject(Request request) {
        return reads.unaliased(Subject.of(request.path("subject")));
    }

    private static VersionSpec versionSpec(Request request) {
        return VersionSpec.parse(request.path("version"));
    }
}
