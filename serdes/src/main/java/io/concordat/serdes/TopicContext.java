package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Subject;

/** The context that a topic names. */
final class TopicContext {
    private TopicContext() {}

    static Context of(String topic) {
        return topic.startsWith(":.") ? Subject.of(topic).context() : Context.DEFAULT;
    }
}
