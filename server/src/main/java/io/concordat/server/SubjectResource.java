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
import io.concordat.engine.RegistryEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Subjects and their versions. */
final class SubjectResource {
    private static final String EVERYWHERE = ":*:";

    private final RegistryEngine engine;
    private final Executor workers;
    private final Aliases aliases;

    SubjectResource(RegistryEngine engine, Executor workers) {
        this.engine = engine;
        this.workers = workers;
        aliases = new Aliases(engine.settings());
    }

    Answer list(Request request) {
        String prefix = request.query("subjectPrefix", EVERYWHERE);
        List<Subject> subjects = Page.of(request).of(engine.subjects(prefix, request.deleted()));
        return Answer.json(subjects.stream().map(Subject::qualified).toList());
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
        List<Integer> versions =
                request.flag("deletedAsNegative") ? signed(subject) : engine.versions(subject, request.deleted());
        return Answer.json(Page.of(request).of(versions));
    }

    /** All versions, the soft-deleted ones below zero. */
    private List<Integer> signed(Subject subject) {
        List<RegisteredSchema> rows = engine.rows(subject, Deleted.INCLUDED);
        if (rows.isEmpty()) {
            return engine.versions(subject, Deleted.INCLUDED);
        }
        return rows.stream()
                .map(row -> row.deleted() ? -row.version() : row.version())
                .toList();
    }

    CompletionStage<Answer> register(Request request) {
        SchemaRequest sent = request.read("register", SchemaRequest::of);
        RegisterOptions options =
                new RegisterOptions(request.flag("normalize"), request.flag("force"), sent.id(), sent.version());
        CompletionStage<RegisteredSchema> registered =
                engine.registerAsync(subject(request), sent.content(), options, workers);
        String format = request.query("format");
        CompletionStage<Map<String, Object>> entity = format.isEmpty()
                ? registered.thenApply(
                        row -> Entities.registered(row, row.content().text()))
                : registered.thenApplyAsync(row -> Entities.registered(row, engine.text(row, format)), workers);
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

    Answer version(Request request) {
        return version(request, row(request));
    }

    Answer schema(Request request) {
        return Answer.raw(engine.text(row(request), request.query("format")));
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
        return Answer.json(Entities.version(row, engine.text(row, request.query("format"))));
    }

    private RegisteredSchema row(Request request) {
        return engine.version(subject(request), versionSpec(request), request.includingDeleted());
    }

    private Subject subject(Request request) {
        return aliases.subject(request.path("subject"));
    }

    private static VersionSpec versionSpec(Request request) {
        return VersionSpec.parse(request.path("version"));
    }
}
