package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.avro.compiled.Compilation;
import io.concordat.avro.test.Point;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that an application unloads, as when it is deployed anew beside a library that stays. */
class UnloadingTest {
    private static final int COLLECTIONS = 50;

    /** Loads one class by itself and everything else from its parent. */
    private static final class Alone extends ClassLoader {
        private Alone() {
            super(UnloadingTest.class.getClassLoader());
        }

        private Class<?> define(Class<?> type) throws IOException {
            String file = "/" + type.getName().replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Compilation.NEVER, 0})
    void classThatWasWrittenAndRead_isUnloaded(int compileAfter) throws Exception {
        AvroCodec codec = new AvroCodec(compileAfter);

        WeakReference<Class<?>> loaded = writtenAndRead(codec);

        for (int i = 0; i < COLLECTIONS && loaded.get() != null; i++) {
            System.gc();
        }
        assertThat(loaded.get()).isNull();
        assertThat(codec.schemaKey("the codec is still there")).isNotNull();
    }

    private static WeakReference<Class<?>> writtenAndRead(AvroCodec codec) throws Exception {
        Class<?> type = new Alone().define(Point.class);
        Object point = type.getConstructor(int.class, int.class).newInstance(1, 2);
        AvroSchema schema = codec.schemaOf(Objects.requireNonNull(codec.schemaKey(point)));
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(point, out);

        Object read = Objects.requireNonNull(
                codec.of(type).reader(schema, Target.generic()).read(ByteBuffer.wrap(out.toByteArray())));

        // Neither given to the assertions nor compared: both leave traces.
        assertThat(read.getClass() == type).isTrue();
        return new WeakReference<>(type);
    }
}
