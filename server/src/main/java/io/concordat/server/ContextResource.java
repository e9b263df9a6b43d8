package io.concordat.server;

import io.concordat.api.Context;
import io.concordat.engine.RegistryEngine;
import java.util.concurrent.CompletionStage;

/** Contexts themselves. */
final class ContextResource {
    private final RegistryEngine engine;

    ContextResource(RegistryEngine engine) {
        this.engine = engine;
    }

    Answer list(Request request) {
        return Answer.json(Page.of(request)
                .of(engine.reads().contexts(request.query("contextPrefix")).map(Context::name)));
    }

    CompletionStage<Answer> delete(Request request) {
        return engine.deleteContextAsync(Target.context(request.path("context")))
                .thenApply(context -> Answer.NOTHING);
    }
}
