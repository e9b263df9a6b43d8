package io.concordat.client;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.Subject;
import java.util.List;
import java.util.function.Function;

/** Where lasting answers come from. */
interface Source {
    RegisteredSchema ask(Question question, Function<Registry, RegisteredSchema> asking);

    /** The same for a question whose answer is subjects. */
    List<Subject> askForSubjects(Question question, Function<Registry, List<Subject>> asking);

    /** The registry, and nothing else. */
    static Source of(Registry registry) {
        return new Source() {
            @Override
            public RegisteredSchema ask(Question question, Function<Registry, RegisteredSchema> asking) {
                return asking.apply(registry);
            }

            @Override
            public List<Subject> askForSubjects(Question question, Function<Registry, List<Subject>> asking) {
                return asking.apply(registry);
            }
        };
    }
}
