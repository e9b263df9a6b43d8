package io.concordat.avro.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.format.InvalidSchemaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The interpreter, compiled code and Avro's own readers and writers against each other. {@code -Ddifferential.rounds} makes it
 * longer, {@code -Dseed} repeats one round.
 */
class DifferentialTest {
    private static final int ROUNDS = Integer.getInteger("differential.rounds", 100);

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only != null ? LongStream.of(only) : LongStream.range(0, ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void writeAndRead_randomValues_asAvroDoes(long seed) throws IOException {
        Random random = new Random(seed);
        Schema schema = new RandomSchemas(random).record();
        RandomValues values = new RandomValues(random);
        BothWays.Writer writer = new BothWays.Writer(schema);
        BothWays.Reader reader = new BothWays.Reader(schema, schema);

        for (int i = 0; i < 8; i++) {
            Object value = values.of(schema);
            byte[] bytes = avroBytes(schema, value);

            assertThat(writer.write(value).value()).isEqualTo(bytes);
            assertThat(reader.read(bytes).value()).isEqualTo(avroValue(schema, schema, bytes));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void read_throughAnotherVersion_asAvroDoes(long seed) throws IOException {
        Random random = new Random(seed);
        RandomSchemas schemas = new RandomSchemas(random);
        Schema written = schemas.record();
        RandomValues values = new RandomValues(random);

        for (int i = 0; i < 6; i++) {
            Schema version = schemas.versionOf(written);
            byte[] bytes = avroBytes(written, values.of(written));
            compare(written, version, reader(written, version), bytes);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void read_damagedRecords_asAvroDoesOrBothRefuse(long seed) throws IOException {
        Random random = new Random(seed);
        RandomSchemas schemas = new RandomSchemas(random);
        Schema written = schemas.record();
        Schema version = random.nextBoolean() ? written : schemas.versionOf(written);
        byte[] good = avroBytes(written, new RandomValues(random).of(written));
        BothWays.Reader reader = reader(written, version);

        for (int i = 0; i < 60; i++) {
            byte[] bad = good.clone();
            for (int k = 1 + random.nextInt(2); k > 0 && bad.length > 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            compare(written, version, reader, random.nextInt(4) == 0 ? cut(bad, random) : bad);
        }
    }

    private static byte[] cut(byte[] bytes, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }

    static Stream<String> smallSchemas() {
        return Stream.of("""
                {"type":"record","name":"A","fields":[{"name":"s","type":"string"},{"name":"u","type":["null","int","string"]},
                 {"name":"e","type":{"type":"enum","name":"E","symbols":["X","Y"]}},{"name":"b","type":"boolean"}]}""", """
                {"type":"record","name":"B","fields":[{"name":"ints","type":{"type":"array","items":"int"}},
                 {"name":"map","type":{"type":"map","values":"string"}},{"name":"f","type":{"type":"fixed","name":"F","size":3}}]}""", """
                {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]},
                 {"name":"children","type":{"type":"array","items":"Node"}},{"name":"v","type":"long"}]}""", """
                {"type":"record","name":"D","fields":[{"name":"d","type":"double"},{"name":"x","type":["null","float"]},
                 {"name":"in","type":{"type":"record","name":"In","fields":[{"name":"b","type":"bytes"}]}}]}""");
    }

    @ParameterizedTest(name = "schema {index}")
    @MethodSource("smallSchemas")
    void read_everySingleByteOtherwiseAndEveryTruncation_asAvroDoesOrBothRefuse(String text) throws IOException {
        Schema schema = new Schema.Parser().parse(text);
        BothWays.Reader reader = new BothWays.Reader(schema, schema);
        BothWays.Reader skipping = new BothWays.Reader(schema, nothingOf(schema));
        RandomValues values = new RandomValues(new Random(5));
        byte[] good = avroBytes(schema, values.of(schema));
        while (good.length < 8 || good.length > 60) {
            good = avroBytes(schema, values.of(schema));
        }
        for (int length = 0; length < good.length; length++) {
            compare(schema, schema, reader, Arrays.copyOf(good, length));
        }
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            for (int value = 0; value < 256; value++) {
                bad[at] = (byte) value;
                compare(schema, schema, reader, bad);
                skipping.read(bad);
            }
        }
    }

    /** A record of the same name that wants none of the fields. */
    private static Schema nothingOf(Schema record) {
        return Schema.createRecord(record.getName(), null, record.getNamespace(), false, List.of());
    }

    private static BothWays.@Nullable Reader reader(Schema written, Schema version) {
        try {
            return new BothWays.Reader(written, version);
        } catch (InvalidSchemaException e) {
            return null;
        }
    }

    private static void compare(Schema written, Schema version, BothWays.@Nullable Reader reader, byte[] bytes) {
        Object expected;
        try {
            expected = avroValue(written, version, bytes);
        } catch (IOException | RuntimeException | OutOfMemoryError e) { // Avro 1.11 believes what counts there are.
            assertThat(reader == null || reader.read(bytes).isRefused() || isWrongly(e))
                    .as("Avro refuses it: %s", e)
                    .isTrue();
            return;
        }
        BothWays.Outcome outcome =
                Objects.requireNonNull(reader, "Avro can read it").read(bytes);
        if (outcome.isRefused()) {
            // Avro does not look at lengths and symbols in what it passes over, and lets millions of items take no
            // bytes.
            assertThat(!version.equals(written)
                            || String.valueOf(outcome.refusal()).matches(".*a block of \\d+ items cannot be.*"))
                    .as("refused: %s", outcome.refusal())
                    .isTrue();
        } else {
            assertThat(outcome.value()).isEqualTo(expected);
        }
    }

    /** Avro takes the smallest size of an element from the reader's schema, although the writer's decides. */
    private static boolean isWrongly(Throwable refusal) {
        return String.valueOf(refusal.getMessage()).startsWith("Collection claims");
    }

    private static byte[] avroBytes(Schema schema, @Nullable Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<@Nullable Object>(schema).write(value, encoder);
        return out.toByteArray();
    }

    private static Object avroValue(Schema written, Schema version, byte[] bytes) throws IOException {
        return new GenericDatumReader<Object>(written, version)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
