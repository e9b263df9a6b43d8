package io.concordat.benchmarks.engine;

import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.avro.AvroSchema;
import io.concordat.benchmarks.Schemas;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The engine with its log in memory, called from the same thread.
 *
 * <p>Looking something up by id is compared with a hash map, everything that takes a text with parsing it once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
    private static final Subject SUBJECT = Subject.of("benchmark");
    private static final int SCHEMAS = 1_000;

    private final Map<SchemaId, SchemaContent> map = new ConcurrentHashMap<>();
    private final SchemaId id = SchemaId.of(SCHEMAS / 2);
    private RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private int next;

    /** A registry for each iteration: one that is registered in all the time would fill the memory. */
    @Setup(Level.Iteration)
    public void prepare() {
        registry.close();
        registry = RegistryEngine.open(new InMemoryEventLog());
        for (next = 0; next < SCHEMAS; next++) {
            RegisteredSchema row = registerNext();
            map.put(row.schemaId(), row.content());
        }
    }

    @TearDown
    public void end() {
        registry.close();
    }

    @Benchmark
    public SchemaContent byId_ours() {
        return registry.schema(id).content();
    }

    @Benchmark
    public @Nullable SchemaContent byId_reference() {
        return map.get(id);
    }

    @Benchmark
    public RegisteredSchema lookUp_ours() {
        return registry.lookUp(Subject.of("benchmark-7"), SchemaContent.avro(Schemas.text(7)), LookupOptions.DEFAULT);
    }

    @Benchmark
    public ParsedSchema lookUp_reference() {
        return AvroSchema.parse(Schemas.text(7));
    }

    @Benchmark
    public RegisteredSchema register_ours() {
        next++;
        return registerNext();
    }

    @Benchmark
    public ParsedSchema register_reference() {
        next++;
        return AvroSchema.parse(Schemas.text(next));
    }

    private RegisteredSchema registerNext() {
        return registry.register(
                Subject.of(SUBJECT.name() + "-" + next),
                SchemaContent.avro(Schemas.text(next)),
                RegisterOptions.DEFAULT);
    }
}
