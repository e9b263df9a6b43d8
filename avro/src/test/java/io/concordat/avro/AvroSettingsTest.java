package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.avro.test.Bean;
import io.concordat.avro.test.Line;
import io.concordat.avro.test.TrapRecord;
import io.concordat.avro.test.Tripped;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.reflect.ReflectData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of existing serializers, as far as Avro's values are concerned. */
class AvroSettingsTest {
    private static AvroCodec codec(Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return configured(values, false);
    }

    private static AvroCodec configured(Map<String, ?> values, boolean forKeys) {
        return new AvroCodec().configured(new CodecSettings(values, forKeys, AvroSettingsTest.class.getClassLoader()));
    }

    private static AvroSchema schemaOf(AvroCodec codec, Object value) {
        return codec.schemaOf(Objects.requireNonNull(codec.schemaKey(value)));
    }

    private static byte[] write(AvroCodec codec, AvroSchema schema, Object value) {
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(value, out);
        return out.toByteArray();
    }

    private static Object read(AvroCodec codec, AvroSchema writer, byte[] bytes) {
        return Objects.requireNonNull(codec.reader(writer, Target.generic()).read(ByteBuffer.wrap(bytes)));
    }

    record Anything(Object any) {}

    /** It would have made a bad record of every record, to be put aside. */
    @Test
    void configured_classWithoutASchema_isRefusedBeforeTheFirstRecord() {
        assertThatThrownBy(() -> codec("specific.avro.value.type", Anything.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'specific.avro.value.type' names a class without a schema")
                .hasMessageContaining("at 'any'");
    }

    @Test
    void configured_valuesThatMakeNoSense_areAllNamed() {
        assertThatThrownBy(() -> codec(
                        "avro.fail.on.trailing.data",
                        "yes",
                        "schema.reflection",
                        1,
                        "avro.max.depth",
                        501,
                        "avro.max.empty.items",
                        -1,
                        "avro.compile.after",
                        "soon",
                        "specific.avro.value.type",
                        "com.acme.Missing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'avro.max.depth' is '501'")
                .hasMessageContaining("'avro.max.empty.items' is '-1'")
                .hasMessageContaining("'avro.compile.after' is 'soon', which is no number from -1 to")
                .hasMessageContaining("'avro.fail.on.trailing.data' is 'yes'")
                .hasMessageContaining("'schema.reflection' is '1'")
                .hasMessageContaining("'specific.avro.value.type' names the class 'com.acme.Missing'");
    }

    @Test
    void settingNames_areThoseOfExistingSerializersAndOurs() {
        assertThat(new AvroCodec().settingNames())
                .containsExactlyInAnyOrder(
                        "specific.avro.reader",
                        "specific.avro.key.type",
                        "specific.avro.value.type",
                        "schema.reflection",
                        "avro.reflection.allow.null",
                        "avro.use.logical.type.converters",
                        "avro.remove.java.properties",
                        "avro.fail.on.trailing.data",
                        "avro.max.depth",
                        "avro.max.empty.items",
                        "avro.compile.after");
    }

    @Test
    void limits_asSet_holdWhenWritingAndReading() {
        AvroSchema node = AvroSchema.parse("""
                {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}""");
        AvroSchema nulls = AvroSchema.parse("{\"type\":\"array\",\"items\":\"null\"}");
        GenericData.Record inner = new GenericData.Record(node.schema());
        GenericData.Record outer = new GenericData.Record(node.schema());
        outer.put("next", inner);
        AvroCodec shallow = codec("avro.max.depth", "1", "avro.max.empty.items", 3, "avro.compile.after", 0);

        assertThatThrownBy(() -> write(shallow, node, outer)).hasMessageContaining("more than 1 levels deep");
        assertThatThrownBy(() -> read(shallow, node, new byte[] {2, 0}))
                .hasMessageContaining("more than 1 levels deep");
        assertThat(read(shallow, nulls, new byte[] {6, 0})).asInstanceOf(LIST).hasSize(3);
        assertThatThrownBy(() -> read(shallow, nulls, new byte[] {8, 0})).hasMessageContaining("a block of 4 items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"int\"", "\"string\"", "{\"type\":\"array\",\"items\":\"int\"}"})
    void failOnTrailingData_decidesAboutBytesBehindTheRecord(String schema) {
        AvroSchema parsed = AvroSchema.parse(schema);
        byte[] bytes = {0, 7};

        assertThat(read(codec(), parsed, bytes)).isNotNull();
        assertThatThrownBy(() -> read(codec("avro.fail.on.trailing.data", "true"), parsed, bytes))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("1 bytes are left behind the record");
        assertThat(read(codec("avro.fail.on.trailing.data", true), parsed, new byte[] {0}))
                .isNotNull();
    }

    private static final AvroSchema PAYMENT = AvroSchema.parse("""
            {"type":"record","name":"Payment","fields":[
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}},
              {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}]}]}""");

    @Test
    void logicalTypeConverters_makeJavasOwnTypes() {
        AvroCodec converting = codec("avro.use.logical.type.converters", "true");
        GenericRecord payment = new GenericData.Record(PAYMENT.schema());
        payment.put("amount", new BigDecimal("1.27"));
        payment.put("at", Instant.ofEpochMilli(-1));

        byte[] bytes = write(converting, PAYMENT, payment);

        GenericRecord converted = (GenericRecord) read(converting, PAYMENT, bytes);
        assertThat(converted.get("amount")).isEqualTo(new BigDecimal("1.27"));
        assertThat(converted.get("at")).isEqualTo(Instant.ofEpochMilli(-1));
        GenericRecord raw = (GenericRecord) read(codec(), PAYMENT, bytes);
        assertThat(raw.get("amount")).isEqualTo(ByteBuffer.wrap(new byte[] {127}));
        assertThat(raw.get("at")).isEqualTo(-1L);
        assertThatThrownBy(() -> write(codec(), PAYMENT, payment))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("amount: expected decimal(6,2), found BigDecimal");
    }

    @Test
    void removeJavaProperties_registersAPlainSchemaAndWritesAsBefore() {
        Schema marked = new Schema.Parser().parse("""
                {"type":"record","name":"J","fields":[
                  {"name":"s","type":{"type":"string","avro.java.string":"String"},"default":"{}"},
                  {"name":"m","type":{"type":"map","values":"int","avro.java.string":"String"}},
                  {"name":"u","type":["null",{"type":"string","avro.java.string":"String","logicalType":"uuid"}]}]}""");
        GenericRecord record = new GenericData.Record(marked);
        record.put("s", "x");
        record.put("m", Map.of("k", 1));
        AvroCodec removing = codec("avro.remove.java.properties", "true");

        AvroSchema registered = schemaOf(removing, record);

        assertThat(registered.content().text())
                .isEqualTo("{\"type\":\"record\",\"name\":\"J\",\"fields\":["
                        + "{\"name\":\"s\",\"type\":\"string\",\"default\":\"{}\"},"
                        + "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":\"int\"}},"
                        + "{\"name\":\"u\",\"type\":[\"null\",{\"type\":\"string\",\"logicalType\":\"uuid\"}]}]}");
        assertThat(write(removing, registered, record)).containsExactly(2, 'x', 2, 2, 'k', 2, 0, 0);
        assertThat(schemaOf(codec(), record).schema()).isSameAs(marked);
    }

    /** The schema that was recorded of the same class. */
    private static final String RECORDED_BEAN = "{\"type\":\"record\",\"name\":\"Bean\",\"namespace\":"
            + "\"io.concordat.avro.test\",\"fields\":[{\"name\":\"big\",\"type\":\"long\"},"
            + "{\"name\":\"blob\",\"type\":{\"type\":\"bytes\",\"java-class\":\"[B\"}},"
            + "{\"name\":\"color\",\"type\":{\"type\":\"enum\",\"name\":\"Color\","
            + "\"namespace\":\"io.concordat.avro.test.Bean\",\"symbols\":[\"RED\",\"GREEN\",\"BLUE\"]}},"
            + "{\"name\":\"count\",\"type\":\"int\"},{\"name\":\"inner\",\"type\":{\"type\":\"record\","
            + "\"name\":\"Inner\",\"namespace\":\"io.concordat.avro.test.Bean\",\"fields\":["
            + "{\"name\":\"label\",\"type\":\"string\"},{\"name\":\"weight\",\"type\":\"float\"}]}},"
            + "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"on\",\"type\":\"boolean\"},"
            + "{\"name\":\"ratio\",\"type\":\"double\"},"
            + "{\"name\":\"scores\",\"type\":{\"type\":\"map\",\"values\":\"int\"}},"
            + "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\",\"java-class\":\"java.util.List\"}}]}";

    private static Bean bean() {
        Bean bean = new Bean();
        bean.name = "n";
        bean.color = Bean.Color.GREEN;
        bean.tags = List.of("t1");
        bean.scores = Map.of("k", 3);
        bean.inner = new Bean.Inner();
        bean.inner.label = "in";
        bean.inner.weight = 1.5f;
        bean.blob = new byte[] {1, 2};
        bean.big = -1;
        return bean;
    }

    @Test
    void reflection_hasTheSchemaThatWasRecorded() {
        AvroCodec reflecting = codec("schema.reflection", "true");
        AvroCodec allowing = codec("schema.reflection", "true", "avro.reflection.allow.null", "true");

        assertThat(schemaOf(reflecting, bean()).content().text()).isEqualTo(RECORDED_BEAN);
        assertThat(schemaOf(allowing, bean()).schema())
                .isEqualTo(ReflectData.AllowNull.get().getSchema(Bean.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reflection_namedClass_isWrittenAndRead(boolean allowNull) {
        AvroCodec reflecting = codec(
                "schema.reflection",
                true,
                "avro.reflection.allow.null",
                allowNull,
                "specific.avro.value.type",
                Bean.class.getName());
        Bean bean = bean();
        if (allowNull) {
            bean.inner = null;
            bean.tags = null;
        }
        AvroSchema schema = schemaOf(reflecting, bean);

        Object read = read(reflecting, schema, write(reflecting, schema, bean));

        assertThat(read).isInstanceOf(Bean.class).usingRecursiveComparison().isEqualTo(bean);
    }

    @Test
    void reflection_withoutANamedClass_readsGenericRecords() {
        AvroCodec reflecting = codec("schema.reflection", true);
        AvroSchema schema = schemaOf(reflecting, bean());

        assertThat(read(reflecting, schema, write(reflecting, schema, bean()))).isInstanceOf(GenericRecord.class);
    }

    record Point(int x, int y) {}

    @Test
    void type_javaRecord_isReadByOneSetting() {
        AvroSchema schema = AvroSchema.of(Point.class);
        byte[] bytes = write(new AvroCodec(), schema, new Point(1, 2));

        assertThat(read(codec("specific.avro.value.type", Point.class.getName()), schema, bytes))
                .isEqualTo(new Point(1, 2));
        assertThat(read(codec("specific.avro.value.type", Point.class), schema, bytes))
                .isEqualTo(new Point(1, 2));
        assertThat(read(codec("specific.avro.key.type", Point.class), schema, bytes))
                .isInstanceOf(GenericRecord.class);
        assertThat(read(configured(Map.of("specific.avro.key.type", Point.class), true), schema, bytes))
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void type_generatedClass_needsTheFlag() {
        AvroSchema schema = AvroSchema.of(Line.SCHEMA$);
        byte[] bytes = new byte[Double.BYTES];

        assertThat(read(codec("specific.avro.value.type", Line.class), schema, bytes))
                .isInstanceOf(GenericData.Record.class);
        assertThat(read(codec("specific.avro.value.type", Line.class, "specific.avro.reader", true), schema, bytes))
                .isInstanceOf(Line.class);
        assertThat(read(codec("specific.avro.reader", "true"), schema, bytes)).isInstanceOf(Line.class);
    }

    @Test
    void read_schemasNamedAfterClasses_initialisesNoneThatTheApplicationDidNotName() {
        AvroSchema trap = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"TrapRecord\",\"namespace\":\"io.concordat.avro.test\",\"fields\":[],"
                        + "\"java-class\":\"io.concordat.avro.test.TrapRecord\"}");
        for (AvroCodec codec : List.of(
                codec(),
                codec("schema.reflection", true),
                codec("specific.avro.reader", true),
                codec("schema.reflection", true, "specific.avro.reader", true, "avro.reflection.allow.null", true))) {
            assertThat(read(codec, trap, new byte[0])).isInstanceOf(GenericData.Record.class);
        }
        assertThat(Tripped.RECORD.get()).isFalse();

        AvroCodec named = codec("specific.avro.value.type", "io.concordat.avro.test.TrapRecord");

        assertThat(Tripped.RECORD.get()).as("naming it does not initialise it").isFalse();
        assertThat(read(named, trap, new byte[0])).isInstanceOf(TrapRecord.class);
        assertThat(Tripped.RECORD.get()).isTrue();
    }
}
