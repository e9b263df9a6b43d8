package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.avro.AvroFormat;
import io.concordat.serdes.PlainText.Note;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that no language and no registry speaks of, such as those of an application's own classes. */
class StrayFailureTest {
    private static final Subject ORDERS = Subject.value("orders");

    private final WatchedRegistry registry = new WatchedRegistry(PlainText.LANGUAGE, new AvroFormat());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void decode_classThatRefusesWhatItIsGiven_isABadRecordEachTime() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .language(PlainText.LANGUAGE, new Fussy())
                .preferredLanguage(SchemaType.JSON)
                .build();
        byte[] message =
                Objects.requireNonNull(serializer.encode("notes", RecordPart.VALUE, new Note("fine to write")));

        for (int turn = 0; turn < 3; turn++) {
            DecodeException failure = catchThrowableOfType(
                    DecodeException.class, () -> serializer.decode("notes", RecordPart.VALUE, message));

            assertThat(failure).as("turn " + turn).hasMessageContaining("topic 'notes'");
            assertThat(failure.isConfiguration()).isFalse();
        }
    }

    @Test
    void encode_valueThatFailsToTellWhatIsInIt_isABadOne() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .language(PlainText.LANGUAGE, new Fussy())
                .preferredLanguage(SchemaType.JSON)
                .build();

        for (int turn = 0; turn < 2; turn++) {
            EncodeException failure = catchThrowableOfType(
                    EncodeException.class, () -> serializer.encode("notes", RecordPart.VALUE, new Note("bad")));

            assertThat(failure).hasMessageContaining("topic 'notes'").hasMessageContaining("unwilling");
            assertThat(failure.isConfiguration()).isFalse();
        }
    }

    @Test
    void encode_valueThatCannotBeWritten_leavesTheHeadersAlone() {
        MessageSerializer serializer = MessageSerializer.of(registry.registry());
        byte[] name = ByteBuffer.allocate(17).put((byte) 1).array();
        HeaderMap headers = new HeaderMap();
        headers.put("__value_schema_id", name);

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, headers, Orders.order(Orders.V3, 1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("memo");

        assertThat(headers.last("__value_schema_id")).isEqualTo(name);
    }

    @Test
    void decode_headerThatTheSettingsPassOver_isNamedEachTime() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .idSource(IdSource.PREFIX)
                .build();
        byte[] whole =
                Objects.requireNonNull(serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 300)));
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        HeaderMap headers = new HeaderMap();
        headers.put("__value_schema_id", ByteBuffer.allocate(17).put((byte) 1).array());

        for (int turn = 0; turn < 3; turn++) {
            DecodeException failure = catchThrowableOfType(
                    DecodeException.class, () -> serializer.decode("orders", RecordPart.VALUE, headers, cut));

            assertThat(failure).as("turn " + turn).hasMessageContaining("the settings say not to look there");
            assertThat(failure.form()).contains(PayloadForm.ID_IN_HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NONE"})
    void decode_threadInterruptedWithinARule_saysNothingOfTheRecord(String onFailure) {
        Rule slow = new Rule(
                "slow",
                "",
                RuleKind.TRANSFORM,
                RuleMode.READ,
                "SLOW",
                new TreeSet<>(),
                new TreeMap<>(),
                "",
                "",
                onFailure,
                false);
        SchemaContent schema = Orders.V1.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(slow), List.of(), "")));
        int id = registry.register(ORDERS, schema).id();
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .ruleExecutor(new Interrupted())
                .build();
        byte[] message =
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();

        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> serializer.decode("orders", RecordPart.VALUE, message));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.isRetriable()).isTrue();
        assertThat(failure).hasMessageContaining("topic 'orders'").hasMessageContaining("interrupted");
    }

    private static final class Interrupted implements RuleExecutor {
        @Override
        public String type() {
            return "SLOW";
        }

        @Override
        public Object execute(RuleContext context, Object value) {
            throw new RuleException("the key did not come", new InterruptedException());
        }
    }

    /** Its records are read by a class that takes none of them. */
    private static final class Fussy implements RecordCodec {
        @Override
        public SchemaType type() {
            return SchemaType.JSON;
        }

        @Override
        public @Nullable Object schemaKey(Object value) {
            return PlainText.LANGUAGE.schemaKey(value);
        }

        @Override
        public ParsedSchema schemaOf(Object schemaKey) {
            return PlainText.LANGUAGE.schemaOf(schemaKey);
        }

        @Override
        public Writer writer(ParsedSchema schema) {
            Writer plain = PlainText.LANGUAGE.writer(schema);
            return (value, out) -> {
                if (value.equals(new Note("bad"))) {
                    throw new IllegalStateException("unwilling");
                }
                plain.write(value, out);
            };
        }

        @Override
        public Reader reader(ParsedSchema writer, Target target) {
            return bytes -> {
                throw new IllegalStateException("unwilling");
            };
        }
    }
}
