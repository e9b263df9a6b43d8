package io.concordat.benchmarks.client;

import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.benchmarks.Schemas;
import io.concordat.client.CachingRegistry;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** What is in memory, asked for by one thread and by two, against a concurrent map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitBenchmark {
    private static final Subject SUBJECT = Subject.of("benchmark");
    private static final int SCHEMAS = 1_000;

    private final Map<SchemaId, RegisteredSchema> map = new ConcurrentHashMap<>();
    private final SchemaId id = SchemaId.of(SCHEMAS / 2);
    private final CachingRegistry registry = new CachingRegistry(RegistryEngine.open(new InMemoryEventLog()));

    @Setup
    public void prepare() {
        for (int i = 0; i < SCHEMAS; i++) {
            RegisteredSchema row = registry.register(
                    Subject.of(SUBJECT.name() + i), SchemaContent.avro(Schemas.text(i)), RegisterOptions.DEFAULT);
            map.put(row.schemaId(), registry.schema(row.schemaId()));
        }
        registry.register(SUBJECT, SchemaContent.avro(Schemas.text(0)), RegisterOptions.DEFAULT);
        registry.version(SUBJECT, VersionSpec.LATEST);
    }

    @TearDown
    public void end() {
        registry.close();
    }

    @Benchmark
    @Threads(1)
    public RegisteredSchema hitOneThread_ours() {
        return registry.schema(id);
    }

    @Benchmark
    @Threads(1)
    public @Nullable RegisteredSchema hitOneThread_reference() {
        return map.get(id);
    }

    @Benchmark
    @Threads(2)
    public RegisteredSchema hitTwoThreads_ours() {
        return registry.schema(id);
    }

    @Benchmark
    @Threads(2)
    public @Nullable RegisteredSchema hitTwoThreads_reference() {
        return map.get(id);
    }

    @Benchmark
    @Threads(1)
    public RegisteredSchema latestOneThread_ours() {
        return registry.version(SUBJECT, VersionSpec.LATEST);
    }

    @Benchmark
    @Threads(1)
    public @Nullable RegisteredSchema latestOneThread_reference() {
        return map.get(id);
    }
}
