package io.concordat.avro.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.avro.plan.ReadPlanner;
import io.concordat.avro.plan.Shape;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompilationTest {
    private static @Nullable CompiledReader compile() {
        Schema schema = Schema.createArray(Schema.create(Schema.Type.STRING));
        return CompiledReader.of(ReadPlanner.plan(schema, schema, Shape.AVRO, GenericData.get(), null));
    }

    @Test
    void use_beforeTheThreshold_doesNotCompile() {
        AtomicInteger compiled = new AtomicInteger();
        Compilation<Integer> compilation = new Compilation<>(3, compiled::incrementAndGet);

        assertThat(compilation.use()).isNull();
        assertThat(compilation.use()).isNull();
        assertThat(compiled).hasValue(0);
    }

    @Test
    void use_atTheThreshold_compilesOnceOnAnotherThread() throws InterruptedException {
        CountDownLatch mayCompile = new CountDownLatch(1);
        CountDownLatch isCompiled = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        Compilation<Thread> compilation = new Compilation<>(3, () -> {
            await(mayCompile);
            times.incrementAndGet();
            isCompiled.countDown();
            return Thread.currentThread();
        });

        for (int i = 0; i < 10; i++) {
            assertThat(compilation.use()).isNull();
        }
        mayCompile.countDown();
        await(isCompiled);
        Thread compiler = compilation.use();
        while (compiler == null) {
            Thread.onSpinWait();
            compiler = compilation.use();
        }

        assertThat(times).hasValue(1);
        assertThat(compiler.getName()).isEqualTo("concordat-avro-compiler");
        assertThat(compiler.isDaemon()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void thresholds_zeroAndNever_compileAtOnceAndNotAtAll() {
        assertThat(new Compilation<>(0, () -> "now").use()).isEqualTo("now");
        Compilation<String> never = new Compilation<>(Compilation.NEVER, () -> "never");
        for (int i = 0; i < 1_000; i++) {
            assertThat(never.use()).isNull();
        }
    }

    @Test
    void failureToCompile_isNotTriedAgain() {
        AtomicInteger times = new AtomicInteger();
        Compilation<String> compilation = new Compilation<>(0, () -> {
            times.incrementAndGet();
            return null;
        });

        assertThat(compilation.use()).isNull();
        assertThat(compilation.use()).isNull();
        assertThat(times).hasValue(1);
    }

    @Test
    void make_whatTheJvmRefuses_isNothing() {
        assertThat(HiddenClasses.<Object>make(() -> {
                    throw new IllegalAccessException("not here");
                }))
                .isNull();
        assertThat(HiddenClasses.<Object>make(() -> {
                    throw new AssertionError("a native image");
                }))
                .isNull();
        assertThat(HiddenClasses.<Object>make(() -> {
                    throw new VerifyError("bad code");
                }))
                .isNull();
    }

    @Test
    void hiddenClass_nobodyHasTheReaderAnyMore_goes() {
        WeakReference<Class<?>> hidden =
                new WeakReference<>(Objects.requireNonNull(compile()).hiddenClass());

        for (int i = 0; i < 50 && hidden.get() != null; i++) {
            System.gc();
        }

        assertThat(hidden.get()).isNull();
    }

    @Test
    void wideRecord_isCutIntoMethodsOfAFewFields() throws ReflectiveOperationException {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            fields.append(i == 0 ? "" : ",").append("{\"name\":\"f").append(i).append("\",\"type\":\"int\"}");
        }
        Schema schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"W\",\"fields\":[" + fields + "]}");

        RecordReader reader =
                ReaderGenerator.generate(ReadPlanner.plan(schema, schema, Shape.AVRO, GenericData.get(), null));

        assertThat(reader.getClass().getDeclaredMethods())
                .filteredOn(method -> method.getName().startsWith("fields"))
                .hasSize(3);
    }
}
