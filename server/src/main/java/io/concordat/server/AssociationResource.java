package io.concordat.server;

import io.concordat.api.Association;
import io.concordat.api.Context;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.engine.AssociationFilter;
import io.concordat.engine.AssociationRequest;
import io.concordat.engine.AssociationRequest.Operation;
import io.concordat.engine.AssociationResult;
import io.concordat.engine.Associations;
import io.concordat.engine.RegistryEngine;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** What topics use which subjects. */
final class AssociationResource {
    /** The status of several answers in one. */
    private static final int MULTI_STATUS = 207;

    private final Associations associations;
    private final Rendering rendering;
    private final Executor workers;

    AssociationResource(RegistryEngine engine, Executor workers) {
        associations = engine.associations();
        rendering = Rendering.plain(engine.reads());
        this.workers = workers;
    }

    Answer ofSubject(Request request) {
        AssociationFilter filter = AssociationQuery.filter(request);
        return page(request, associations.ofSubject(Subject.of(request.path("subject")), filter));
    }

    Answer ofResourceId(Request request) {
        AssociationFilter filter = AssociationQuery.filter(request);
        return page(request, associations.ofResource(request.path("resource"), filter));
    }

    Answer ofResourceName(Request request) {
        AssociationFilter filter = AssociationQuery.filter(request);
        return page(request, associations.ofResource(request.path("resource"), request.path("name"), filter));
    }

    CompletionStage<Answer> create(Request request) {
        AssociationBody body = AssociationBody.of(Operation.CREATE, request);
        return change(request, request.read("createAssociation", body::request));
    }

    CompletionStage<Answer> upsert(Request request) {
        AssociationBody body = AssociationBody.of(Operation.UPSERT, request);
        return change(
                request,
                request.read("createOrUpdateAssociation", members -> body.request(members, request.path("resource"))));
    }

    private CompletionStage<Answer> change(Request request, AssociationRequest change) {
        return associations
                .changeAsync(change, request.flag("dryRun"), workers)
                .thenApply(result -> Answer.json(AssociationEntities.result(result, rendering)));
    }

    CompletionStage<Answer> delete(Request request) {
        return associations
                .removeAsync(
                        request.path("resource"),
                        AssociationQuery.filter(request),
                        request.flag("cascadeLifecycle"),
                        request.flag("dryRun"))
                .thenApply(removed -> Answer.NOTHING);
    }

    /** Answers each question by itself; a bad one is an error in its place. */
    Answer batchGet(Request request) {
        Context context = AssociationBody.context(request);
        return results(request.read(
                "batchGetAssociations",
                body -> AssociationBody.requests(body).stream()
                        .map(question -> found(question, context))
                        .toList()));
    }

    private Map<String, Object> found(Map<?, ?> question, Context context) {
        try {
            return Map.of(
                    "result",
                    AssociationQuery.of(question, context)
                            .find(associations)
                            .map(AssociationEntities::association)
                            .toList());
        } catch (RegistryException e) {
            return error(e);
        }
    }

    /** Does one request after the other; one that is refused is an error in its place, and the next is tried. */
    CompletionStage<Answer> batchMutate(Request request) {
        AssociationBody body = AssociationBody.of(Operation.UPSERT, request);
        List<Map<?, ?>> requests = request.read("mutateAssociations", AssociationBody::requests);
        boolean dryRun = request.flag("dryRun");
        List<Map<String, Object>> results = new ArrayList<>(requests.size());
        CompletionStage<Boolean> done = CompletableFuture.completedFuture(true);
        for (Map<?, ?> members : requests) {
            done = done.thenCompose(before -> mutated(body, members, dryRun)).thenApply(results::add);
        }
        return done.thenApply(end -> results(results));
    }

    private CompletionStage<Map<String, Object>> mutated(AssociationBody body, Map<?, ?> members, boolean dryRun) {
        CompletionStage<AssociationResult> change;
        try {
            change = associations.changeAsync(body.mutation(members), dryRun, workers);
        } catch (RuntimeException e) {
            change = CompletableFuture.failedFuture(e);
        }
        return change.<Map<String, Object>>thenApply(
                        result -> Map.of("result", AssociationEntities.result(result, rendering)))
                .exceptionally(AssociationResource::error);
    }

    private static Map<String, Object> error(Throwable failure) {
        Object body = Json.read(Failures.answer(failure).body().getBytes());
        return body == null ? Map.of() : Map.of("error", body);
    }

    private static Answer results(List<Map<String, Object>> results) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("results", results);
        return new Answer(MULTI_STATUS, null, Buffer.buffer(Json.write(body)), Map.of());
    }

    private static Answer page(Request request, Stream<Association> found) {
        return Answer.json(Page.of(request).of(found.map(AssociationEntities::association)));
    }
}
