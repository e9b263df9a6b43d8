package io.concordat.client;

import io.concordat.api.Context;
import io.concordat.api.FailureKind;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A registry whose answers are kept, and given out while it is away. While it is there, it has the last word: what it says
 * otherwise, or no longer, replaces what was kept.
 */
final class StoreBackedSource implements Source {
    private static final System.Logger LOG = System.getLogger(StoreBackedSource.class.getName());

    private final Registry registry;
    private final Registry impatient;
    private final SchemaStore store;
    private final ClientMetrics metrics;
    private final Flights<String, String> identifications;
    private final Context home;
    private final String urlIdentity;
    private final AtomicBoolean stoodIn = new AtomicBoolean();
    private volatile boolean identified;
    private volatile Runnable onDoubt = () -> {};

    /**
     * @param impatient the same registry, asked without repetitions where an answer is there already
     * @param home what the default context stands for in questions: another one of the same registry has other answers
     * @param urlIdentity what stands for the identity of a registry that has none
     */
    StoreBackedSource(
            Registry registry,
            Registry impatient,
            SchemaStore store,
            ClientMetrics metrics,
            Context home,
            String urlIdentity) {
        this.registry = registry;
        this.impatient = impatient;
        this.store = store;
        this.metrics = metrics;
        this.identifications = new Flights<>(new ClientMetrics());
        this.home = home;
        this.urlIdentity = urlIdentity;
        metrics.outage().onEnd(this::back);
    }

    /** What to do when answers given so far need to be asked for again: the registry is back, or it is another one. */
    void onDoubt(Runnable action) {
        onDoubt = action;
    }

    private void back() {
        if (stoodIn.getAndSet(false)) {
            onDoubt.run();
        }
    }

    @Override
    public RegisteredSchema ask(Question question, Function<Registry, RegisteredSchema> asking) {
        Optional<RegisteredSchema> stored =
                store.find(question).or(() -> question.alike().flatMap(store::find));
        return ask(question, stored, asking, answer -> store.save(question, answer));
    }

    @Override
    public List<Subject> askForSubjects(Question question, Function<Registry, List<Subject>> asking) {
        return ask(question, store.findSubjects(question), asking, answer -> store.save(question, answer));
    }

    private <T> T ask(Question question, Optional<T> stored, Function<Registry, T> asking, Consumer<T> saving) {
        try {
            T answer = asking.apply(stored.isPresent() ? impatient : registry);
            if (isIdentified()) {
                saving.accept(answer);
            }
            return answer;
        } catch (RegistryException e) {
            if (e.kind() == FailureKind.NOT_FOUND && stored.isPresent()) {
                store.drop(question);
                question.alike().ifPresent(store::drop);
            }
            if (!e.isRetriable() || stored.isEmpty() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            noteOutage(e);
            return stored.get();
        }
    }

    private void noteOutage(RegistryException failure) {
        // When it comes back it may be another one.
        identified = false;
        stoodIn.set(true);
        metrics.answeredFromStore();
        metrics.outage()
                .begin("The schema registry is out of reach, so schemas come from " + store + ": "
                        + failure.getMessage());
    }

    private boolean isIdentified() {
        if (identified) {
            return true;
        }
        try {
            String identity = identifications.join("", this::identity);
            identified = true;
            if (store.identify(identity)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "Another schema registry than before answers, '" + identity
                                + "': nothing that the former one said is used any more");
                onDoubt.run();
            }
            return true;
        } catch (RegistryException e) {
            // It has just gone away: the answer is not kept this time.
            return false;
        }
    }

    private String identity() {
        try {
            return impatient.clusterId() + home.prefix();
        } catch (RegistryException e) {
            if (e.isRetriable()) {
                throw e;
            }
            return urlIdentity;
        }
    }
}
