package io.concordat.server;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges a request by its head: which route it takes, and in what media type it is answered. Safe for many threads. */
final class Dispatcher {
    private final RouteTable routes;
    private final Guard guard;
    private final Executor workers;
    private final Placement placement;
    private final RequestCounts counts;
    private final int maxUriLength;

    Dispatcher(
            RouteTable routes,
            Guard guard,
            Executor workers,
            Placement placement,
            RequestCounts counts,
            int maxUriLength) {
        this.routes = routes;
        this.guard = guard;
        this.workers = workers;
        this.placement = placement;
        this.counts = counts;
        this.maxUriLength = maxUriLength;
    }

    static Answer uriTooLong() {
        return Answer.refusal(ErrorCode.URI_TOO_LONG, "HTTP 414 URI Too Long");
    }

    Plan plan(HttpServerRequest request) {
        if (request.uri().length() > maxUriLength) {
            return Plan.answering(MediaTypes.PREFERRED, uriTooLong());
        }
        try {
            Target asked = Target.parse(request.uri());
            Optional<Context> context = asked.context();
            Target target = context.isPresent() ? asked.withoutContext() : asked;
            return routes.find(target.segments())
                    .map(match -> plan(request, context, target, match))
                    .orElseGet(() -> routeless(ErrorCode.NOT_FOUND, "HTTP 404 Not Found"));
        } catch (RegistryException e) {
            return Plan.answering(MediaTypes.PREFERRED, Failures.answer(e));
        }
    }

    private Plan plan(HttpServerRequest request, Optional<Context> context, Target target, RouteTable.Match match) {
        Optional<Route> route = match.route(request.method());
        if (route.isEmpty()) {
            return withoutRoute(request.method(), match.allowed());
        }
        Optional<String> type = MediaTypes.negotiate(accepted(request.headers()));
        if (type.isEmpty()) {
            return routeless(ErrorCode.NOT_ACCEPTABLE, "HTTP 406 Not Acceptable");
        }
        return (route.get().takesBody() ? unreadable(request.headers()) : Optional.<Answer>empty())
                .map(refusal -> Plan.answering(type.get(), refusal))
                .orElseGet(() -> new Plan(
                        type.get(),
                        route.get().takesBody(),
                        counted(
                                route.get(),
                                placement.place(
                                        request,
                                        route.get(),
                                        (body, abandoned) -> run(
                                                route.get(),
                                                request(route.get(), context, target, match, body),
                                                abandoned)))));
    }

    private Plan.Action counted(Route route, Plan.Action action) {
        return (body, abandoned) -> action.perform(body, abandoned)
                .whenComplete((answer, failure) ->
                        counts.count(route.operation(), failure == null ? answer.status() : Failures.status(failure)));
    }

    private static Request request(
            Route route, Optional<Context> context, Target target, RouteTable.Match match, Buffer body) {
        return context.map(in -> new Request(
                        route.scope().path(match.path(), in), route.scope().query(target.query(), in), body, route))
                .orElseGet(() -> new Request(match.path(), target.query(), body, route));
    }

    private static Plan withoutRoute(HttpMethod method, String allowed) {
        Answer answer = method.equals(HttpMethod.OPTIONS)
                ? Answer.plain(allowed)
                : Answer.refusal(ErrorCode.METHOD_NOT_ALLOWED, "HTTP 405 Method Not Allowed");
        return Plan.answering(Answer.UNTYPED, answer.with("Allow", allowed));
    }

    /** A refusal before there is a route has no media type, as with existing registries. */
    private static Plan routeless(ErrorCode code, String message) {
        return Plan.answering(Answer.UNTYPED, Answer.refusal(code, message));
    }

    private static @Nullable String accepted(MultiMap headers) {
        String first = headers.get(HttpHeaders.ACCEPT);
        return first == null || first.equals(MediaTypes.PREFERRED)
                ? first
                : String.join(",", headers.getAll(HttpHeaders.ACCEPT));
    }

    /** Why the body cannot be read, judging by its headers. */
    private static Optional<Answer> unreadable(MultiMap headers) {
        String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return Optional.of(unsupported());
        }
        return switch (MediaTypes.reading(headers.get(HttpHeaders.CONTENT_TYPE))) {
            case POSSIBLE -> Optional.empty();
            case UNSUPPORTED -> Optional.of(unsupported());
            case MALFORMED ->
                Optional.of(Answer.refusal(ErrorCode.BAD_REQUEST, "Bad Request").as(MediaTypes.JSON));
        };
    }

    private static Answer unsupported() {
        return Answer.refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "HTTP 415 Unsupported Media Type");
    }

    private CompletionStage<Answer> run(Route route, Request request, BooleanSupplier abandoned) {
        try {
            if (!route.work().isLong(request)) {
                return handle(route, request, abandoned);
            }
            guard.check(route.operation(), request);
            Optional<Answer> atOnce = route.handler().atOnce(request);
            return atOnce.isPresent()
                    ? CompletableFuture.completedFuture(atOnce.get())
                    : CompletableFuture.supplyAsync(() -> handle(route, request, abandoned), workers)
                            .thenCompose(Function.identity());
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Answer> handle(Route route, Request request, BooleanSupplier abandoned) {
        if (abandoned.getAsBoolean()) {
            throw new RegistryException(ErrorCode.OPERATION_TIMED_OUT, "Nobody waits for the answer any more");
        }
        guard.check(route.operation(), request);
        return route.handler().handle(request);
    }
}
