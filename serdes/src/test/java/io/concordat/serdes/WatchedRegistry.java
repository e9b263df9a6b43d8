package io.concordat.serdes;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.SchemaFormat;
import io.concordat.engine.AssociationRequest;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The real registry with a log in memory, which counts what it is asked and can be out of reach. */
final class WatchedRegistry implements AutoCloseable {
    private final RegistryEngine engine;
    private final Registry watched;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private volatile @Nullable RegistryException outage;

    WatchedRegistry(SchemaFormat... formats) {
        engine = RegistryEngine.builder(new InMemoryEventLog())
                .formats(List.of(formats))
                .open();
        watched = (Registry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, args) -> call(method, args));
    }

    Registry registry() {
        return watched;
    }

    int calls(String method) {
        AtomicInteger count = calls.get(method);
        return count == null ? 0 : count.get();
    }

    int calls() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Lets every call fail; null ends the outage. */
    void outage(@Nullable RegistryException newOutage) {
        outage = newOutage;
    }

    RegisteredSchema register(Subject subject, SchemaContent schema) {
        return engine.register(subject, schema, RegisterOptions.DEFAULT);
    }

    /** Registers under a chosen id, as an operator may. */
    RegisteredSchema register(Subject subject, SchemaContent schema, int id) {
        RegistrySettings settings = engine.settings();
        settings.updateMode(subject, Mode.IMPORT, true);
        try {
            return engine.register(subject, schema, new RegisterOptions(false, false, id, 0));
        } finally {
            settings.deleteMode(subject);
        }
    }

    /** Associates a topic's values with a subject. */
    void associate(String cluster, String topic, Subject subject) {
        AssociationRequest.Change change = new AssociationRequest.Change(
                AssociationRequest.Operation.CREATE,
                "value",
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        AssociatedResource resource =
                new AssociatedResource(topic, cluster, cluster + "-" + topic, AssociatedResource.TOPIC);
        engine.associations()
                .changeAsync(new AssociationRequest(resource, List.of(change)), false, Runnable::run)
                .toCompletableFuture()
                .join();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        calls.computeIfAbsent(method.getName(), name -> new AtomicInteger()).incrementAndGet();
        if (outage != null) {
            throw outage;
        }
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
