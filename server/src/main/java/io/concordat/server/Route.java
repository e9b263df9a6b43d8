package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One row of the table of what the server answers.
 *
 * @param method how it is asked
 * @param path what is asked for: literal segments, and {@code {names}} for what varies
 * @param operation what it does
 * @param work where it runs
 * @param takesBody whether a body is read; one that is sent all the same is passed over
 * @param scope what a context before the path means to it
 * @param handler answers it
 * @param description what clients are told about it
 */
record Route(
        HttpMethod method,
        String path,
        Operation operation,
        Work work,
        boolean takesBody,
        ContextScope scope,
        Handler handler,
        Optional<Description> description) {
    /** A row that a context concerns as it concerns most: by the subject in the path, if there is one. */
    Route(HttpMethod method, String path, Operation operation, Work work, boolean takesBody, Handler handler) {
        this(
                method,
                path,
                operation,
                work,
                takesBody,
                path.contains("{subject}") ? ContextScope.SUBJECT : ContextScope.NONE,
                handler,
                Optional.empty());
    }

    Route scopedBy(ContextScope newScope) {
        return new Route(method, path, operation, work, takesBody, newScope, handler, description);
    }

    /** This route, with a name and a summary for clients, and what it answers. */
    Route described(String id, String summary, Shape gives) {
        return with(new Description(id, summary, List.of(), Optional.empty(), gives, List.of()));
    }

    /** This route, known to read a body like that. */
    Route taking(Shape takes) {
        return change(old -> new Description(
                old.id(), old.summary(), old.parameters(), Optional.of(takes), old.gives(), old.refusals()));
    }

    /** This route, known to look at these parameters too. */
    Route asking(Parameter... parameters) {
        return asking(List.of(parameters));
    }

    /** This route, known to look at these parameters too. */
    Route asking(List<Parameter> more) {
        return change(old -> new Description(
                old.id(), old.summary(), joined(old.parameters(), more), old.takes(), old.gives(), old.refusals()));
    }

    /** This route, known to refuse for these reasons too. */
    Route refusing(ErrorCode... codes) {
        return change(old -> new Description(
                old.id(),
                old.summary(),
                old.parameters(),
                old.takes(),
                old.gives(),
                joined(old.refusals(), List.of(codes))));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private Route change(UnaryOperator<Description> change) {
        return with(change.apply(description.orElseThrow(
                () -> new IllegalStateException(method + " " + path + " must be described first"))));
    }

    private Route with(Description told) {
        return new Route(method, path, operation, work, takesBody, scope, handler, Optional.of(told));
    }
}
