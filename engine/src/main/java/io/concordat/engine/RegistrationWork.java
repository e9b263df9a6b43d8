package io.concordat.engine;

import io.concordat.api.RegisteredSchema;
import io.concordat.engine.PreparedTask.Ready;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;

/** The work of a registration. What is registered already is answered without the writer. */
record RegistrationWork(Registration registration, RegistryState committed, RegistrationRequest request)
        implements PreparedTask.Work<RegisteredSchema> {
    @Override
    public Ready<RegisteredSchema> prepare() {
        Registration.Prepared prepared = registration.prepare(committed, request);
        return prepared instanceof Registration.Prepared.Known known
                ? new Ready.Answered<>(known.row())
                : new Ready.Prepared<>(((Registration.Prepared.Candidate) prepared).command());
    }

    @Override
    public Command<RegisteredSchema> atOnce() {
        return this::prepareAndDecide;
    }

    private Decision<RegisteredSchema> prepareAndDecide(RegistryView tip) {
        Registration.Prepared prepared = registration.prepare(tip, request);
        return prepared instanceof Registration.Prepared.Known known
                ? Decision.nothingToWrite(known.row())
                : ((Registration.Prepared.Candidate) prepared).command().decide(tip);
    }
}
