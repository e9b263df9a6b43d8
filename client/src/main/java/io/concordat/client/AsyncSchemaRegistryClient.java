package io.concordat.client;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.Deleted;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The same client for those who do not want to wait: each answer comes as a future. A schema that is in memory is there at
 * once; everything else is asked for on a thread of the executor, and once for all who ask for the same schema or version
 * meanwhile.
 *
 * <p>A future fails with the {@link RegistryException} that the waiting call would have thrown. Cancelling one does not stop
 * the question, for which others may be waiting. Safe for many threads.
 */
public final class AsyncSchemaRegistryClient {
    private final SchemaRegistryClient client;
    private final Executor executor;
    private final ConcurrentHashMap<Object, CompletableFuture<RegisteredSchema>> flights = new ConcurrentHashMap<>();

    AsyncSchemaRegistryClient(SchemaRegistryClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** As {@link SchemaRegistryClient#schema(int)}. */
    public CompletableFuture<RegisteredSchema> schema(int id) {
        return schema(SchemaId.of(id));
    }

    /** As {@link SchemaRegistryClient#schema(SchemaId)}. */
    public CompletableFuture<RegisteredSchema> schema(SchemaId id) {
        Objects.requireNonNull(id, "id");
        return inMemory(id).map(CompletableFuture::completedFuture).orElseGet(() -> join(id, () -> client.schema(id)));
    }

    /** As {@link SchemaRegistryClient#version(Subject, VersionSpec)}. */
    public CompletableFuture<RegisteredSchema> version(Subject subject, VersionSpec version) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(version, "version");
        return join(List.of(subject, version), () -> client.version(subject, version));
    }

    /** As {@link SchemaRegistryClient#latest}. */
    public CompletableFuture<Optional<RegisteredSchema>> latest(Subject subject) {
        Objects.requireNonNull(subject, "subject");
        return ask(() -> client.latest(subject));
    }

    /** As {@link SchemaRegistryClient#register(Subject, SchemaContent)}. */
    public CompletableFuture<RegisteredSchema> register(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        return join(List.of(subject, schema), () -> client.register(subject, schema));
    }

    /** As {@link SchemaRegistryClient#register(Subject, SchemaContent, RegisterOptions)}. */
    public CompletableFuture<RegisteredSchema> register(
            Subject subject, SchemaContent schema, RegisterOptions options) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(options, "options");
        return ask(() -> client.register(subject, schema, options));
    }

    /** As {@link SchemaRegistryClient#findVersion(Subject, SchemaContent)}. */
    public CompletableFuture<OptionalInt> findVersion(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        return ask(() -> client.findVersion(subject, schema));
    }

    /** As {@link SchemaRegistryClient#check(Subject, SchemaContent)}. */
    public CompletableFuture<CompatibilityReport> check(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        return ask(() -> client.check(subject, schema));
    }

    /** As {@link SchemaRegistryClient#versions}. */
    public CompletableFuture<List<Integer>> versions(Subject subject) {
        Objects.requireNonNull(subject, "subject");
        return ask(() -> client.registry().versions(subject, Deleted.EXCLUDED));
    }

    /** As {@link SchemaRegistryClient#subjects}. */
    public CompletableFuture<List<Subject>> subjects() {
        return ask(client::subjects);
    }

    private Optional<RegisteredSchema> inMemory(SchemaId id) {
        Registry registry = client.registry();
        return registry instanceof CachingRegistry cached ? cached.known(id) : Optional.empty();
    }

    /** Joins those who wait for the same already, so that they take one thread together. */
    private CompletableFuture<RegisteredSchema> join(Object question, Supplier<RegisteredSchema> asking) {
        CompletableFuture<RegisteredSchema> mine = new CompletableFuture<>();
        CompletableFuture<RegisteredSchema> other = flights.putIfAbsent(question, mine);
        if (other != null) {
            return other.copy();
        }
        run(mine, () -> {
            try {
                return asking.get();
            } finally {
                flights.remove(question, mine);
            }
        });
        if (mine.isCompletedExceptionally()) {
            // It was not even begun.
            flights.remove(question, mine);
        }
        return mine.copy();
    }

    private <T> CompletableFuture<T> ask(Supplier<T> asking) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        run(answer, asking);
        return answer;
    }

    private <T> void run(CompletableFuture<T> answer, Supplier<T> asking) {
        try {
            executor.execute(() -> {
                try {
                    answer.complete(asking.get());
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new IllegalStateException("The client has been closed", e));
        }
    }
}
