package io.concordat.avro.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordException;
import io.concordat.avro.interpreter.InterpretedReader;
import io.concordat.avro.interpreter.InterpretedWriter;
import io.concordat.avro.plan.ReadPlan;
import io.concordat.avro.plan.ReadPlanner;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlan;
import io.concordat.avro.plan.WritePlanner;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** One plan, run by the interpreter and in compiled code, which must agree on everything. */
final class BothWays {
    /**
     * What became of a record.
     *
     * @param value null if that was read, or if it was refused
     * @param refusal why it was refused; null if it was not
     */
    record Outcome(@Nullable Object value, @Nullable String refusal) {
        boolean isRefused() {
            return refusal != null;
        }
    }

    private BothWays() {}

    /** Compiles; when there are too many classes, those that nobody has any more go first. */
    private static <T> T compiled(Supplier<@Nullable T> compiler) {
        while (true) {
            try {
                return Objects.requireNonNull(compiler.get(), "compiled");
            } catch (HiddenClasses.FullException e) {
                System.gc();
            }
        }
    }

    /** Reads records both ways. */
    static final class Reader {
        private final InterpretedReader interpreted;
        private final CompiledReader compiled;

        Reader(Schema writer, Schema reader) {
            this(ReadPlanner.plan(writer, reader, Shape.AVRO, GenericData.get(), null));
        }

        Reader(ReadPlan plan) {
            interpreted = new InterpretedReader(plan);
            compiled = compiled(() -> CompiledReader.of(plan));
        }

        Outcome read(byte[] bytes) {
            return read(bytes, 0, bytes.length);
        }

        Outcome read(byte[] bytes, int from, int to) {
            Outcome outcome = interpret(bytes, from, to);
            Object value = compiled.read(bytes, from, to);
            if (outcome.isRefused()) {
                assertThat(value)
                        .as("compiled, interpreted: %s", outcome.refusal())
                        .isSameAs(CompiledReader.REFUSED);
            } else {
                assertThat(value).as("compiled").isEqualTo(outcome.value());
            }
            return outcome;
        }

        private Outcome interpret(byte[] bytes, int from, int to) {
            try {
                return new Outcome(interpreted.read(bytes, from, to), null);
            } catch (RecordException e) {
                return new Outcome(null, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Writes values both ways. */
    static final class Writer {
        private final InterpretedWriter interpreted;
        private final CompiledWriter compiled;

        Writer(Schema schema) {
            this(WritePlanner.plan(schema, Shape.AVRO, GenericData.get()));
        }

        Writer(WritePlan plan) {
            interpreted = new InterpretedWriter(plan);
            compiled = compiled(() -> CompiledWriter.of(plan));
        }

        /** Gives the bytes as the value. */
        Outcome write(@Nullable Object value) {
            Outcome outcome = interpret(value);
            RecordBuffer out = new RecordBuffer(1);
            out.write('x');
            boolean isWritten = compiled.write(value, out);
            assertThat(isWritten).as("compiled, interpreted: %s", outcome).isEqualTo(!outcome.isRefused());
            if (isWritten) {
                byte[] bytes = (byte[]) Objects.requireNonNull(outcome.value());
                assertThat(out.size()).isEqualTo(1 + bytes.length);
                assertThat(out.toByteArray()).endsWith(bytes);
            } else {
                assertThat(out.size()).as("nothing is left of it").isEqualTo(1);
            }
            return outcome;
        }

        private Outcome interpret(@Nullable Object value) {
            RecordBuffer out = new RecordBuffer(1);
            try {
                interpreted.write(value, out);
                return new Outcome(out.toByteArray(), null);
            } catch (RecordException e) {
                return new Outcome(null, String.valueOf(e.getMessage()));
            }
        }
    }
}
