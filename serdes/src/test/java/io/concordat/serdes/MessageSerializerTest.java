package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ParsedSchema;
import io.concordat.avro.AvroSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageSerializerTest {
    private static final Subject ORDERS = Subject.value("orders");

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MovableClock clock = new MovableClock();
    private final MessageSerializer serializer = builder().build();

    private MessageSerializer.Builder builder() {
        return MessageSerializer.builder(registry.registry()).clock(clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void encode_recordWithASchema_registersItForTheTopic() {
        GenericRecord order = Orders.order(Orders.V1, 1);

        byte[] message = serializer.encode("orders", RecordPart.VALUE, order);

        assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(order);
        assertThat(registry.registry().version(ORDERS, VersionSpec.LATEST).content())
                .isEqualTo(Orders.V1);
    }

    @Test
    void encode_manyRecords_asksTheRegistryOnce() {
        Schema schema = new Schema.Parser().parse(Orders.V1.text());
        for (int id = 0; id < 100; id++) {
            serializer.encode("orders", RecordPart.VALUE, Orders.order(schema, id));
            serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, id));
        }

        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void encode_manyThreads_asksTheRegistryOnce() throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int first = i * 1_000;
                done.add(threads.submit(() -> writeAndReadBack(first, 1_000)));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(registry.calls("register")).isEqualTo(1);
        assertThat(registry.calls("schema")).isEqualTo(1);
    }

    private void writeAndReadBack(int first, int count) {
        for (int id = first; id < first + count; id++) {
            GenericRecord order = Orders.order(Orders.V1, id);
            byte[] message = serializer.encode("orders", RecordPart.VALUE, order);
            assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(order);
        }
    }

    @Test
    void encode_keyAndValueOfSeveralTopics_registersUnderEachSubject() {
        for (String topic : List.of("orders", "payments")) {
            serializer.encode(topic, RecordPart.KEY, "k");
            serializer.encode(topic, RecordPart.VALUE, "v");
        }

        assertThat(registry.registry().subjects("", Deleted.EXCLUDED))
                .containsExactly(Subject.key("orders"), ORDERS, Subject.key("payments"), Subject.value("payments"));
        assertThat(registry.calls("register")).isEqualTo(4);
    }

    @Test
    void encode_givenSchema_registersItAsItIs() {
        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.V2, Orders.order(Orders.V2, 1));
        serializer.encode("orders", RecordPart.VALUE, SchemaContent.avro(Orders.V2.text()), Orders.order(Orders.V2, 2));

        assertThat(registry.calls("register")).isEqualTo(1);
        assertThat(serializer.decode(message)).isEqualTo(Orders.order(Orders.V2, 1));
    }

    @Test
    void encode_parsedSchema_isRegisteredAndReadInto() {
        ParsedSchema v1 = AvroSchema.parse(Orders.V1.text());
        ParsedSchema v2 = AvroSchema.parse(Orders.V2.text());

        byte[] message = serializer.encode("orders", RecordPart.VALUE, v1, Orders.order(Orders.V1, 1));
        serializer.encode("orders", RecordPart.VALUE, v1, Orders.order(Orders.V1, 2));

        assertThat(registry.calls()).isEqualTo(1);
        assertThat(serializer.decodeInto(v2, "orders", RecordPart.VALUE, message))
                .isEqualTo(serializer.decodeInto(v2, "orders", RecordPart.VALUE, ByteBuffer.wrap(message)))
                .isEqualTo(Orders.order(Orders.V2, 1));
    }

    @Test
    void encode_schemaId_needsNoTopic() {
        RegisteredSchema registered = registry.register(ORDERS, Orders.V1);

        byte[] message = serializer.encode(registered.schemaId(), Orders.order(Orders.V1, 1));

        assertThat(serializer.decode(message)).isEqualTo(Orders.order(Orders.V1, 1));
        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void encode_schemaIdAndAValueThatDoesNotFit_namesTheId() {
        SchemaId id = registry.register(ORDERS, Orders.V1).schemaId();

        assertThatThrownBy(() -> serializer.encode(id, "text")).isInstanceOfSatisfying(EncodeException.class, e -> {
            assertThat(e.id()).contains(id);
            assertThat(e).hasMessageContaining("id " + id.id());
        });
    }

    @Test
    void encode_valueThatDoesNotFit_namesTopicSubjectAndId() {
        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.V1, "text"))
                .isInstanceOfSatisfying(EncodeException.class, e -> {
                    assertThat(e.topic()).contains("orders");
                    assertThat(e.subject()).contains(ORDERS);
                    assertThat(e).hasMessageContaining("the value of topic 'orders' (subject 'orders-value', id 1)");
                    assertThat(e.getMessage()).doesNotContain("\"fields\"");
                });
    }

    @Test
    void encode_afterAValueThatDoesNotFit_writesTheNextOneWhole() {
        Schema schema = new Schema.Parser().parse(Orders.V1.text());
        byte[] good = serializer.encode("orders", RecordPart.VALUE, Orders.order(schema, 7));
        GenericRecord bad = Orders.order(schema, 7);
        bad.put("id", "seven");

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, bad))
                .isInstanceOf(EncodeException.class);
        assertThat(serializer.encode("orders", RecordPart.VALUE, Orders.order(schema, 7)))
                .isEqualTo(good);
    }

    @Test
    void encode_valueThatNoLanguageKnows_saysWhatToDo() {
        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Locale.ROOT))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("java.util.Locale")
                .hasMessageContaining("AVRO")
                .hasMessageContaining("pass the schema");
    }

    @ParameterizedTest
    @EnumSource(RecordPart.class)
    void encode_null_isATombstone(RecordPart part) {
        assertThat(serializer.encode("orders", part, null)).isNull();
        assertThat(serializer.encode("orders", part, Orders.V1, null)).isNull();
        assertThat(serializer.encodeAsLatest("orders", part, null)).isNull();
        assertThat(serializer.encode(SchemaId.of(1), null)).isNull();
        assertThat(serializer.decode("orders", part, (byte[]) null)).isNull();
        assertThat(serializer.decode("orders", part, (ByteBuffer) null)).isNull();
        assertThat(serializer.decodeInto(Orders.V1, "orders", part, (byte[]) null))
                .isNull();
        assertThat(serializer.decodeAsLatest("orders", part, (byte[]) null)).isNull();
        assertThat(registry.calls()).isZero();
    }

    @Test
    void decode_fiveBytesOfANullSchema_isNull() {
        int id = registry.register(ORDERS, SchemaContent.avro("\"null\"")).id();

        assertThat(serializer.decode(
                        ByteBuffer.allocate(5).put((byte) 0).putInt(id).array()))
                .isNull();
    }

    @Test
    void encode_incompatibleSchema_passesTheRegistrysErrorOn() {
        registry.register(ORDERS, Orders.V1);

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.BROKEN, 1)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA));
    }

    @Test
    void encode_registryOutOfReach_passesItsErrorOnAndRecovers() {
        RegistryException away = new RegistryException(ErrorCode.UNREACHABLE, "out of reach");
        registry.outage(away);

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, "v"))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot write the value of topic 'orders' (subject 'orders-value'): out of reach")
                .hasCause(away);
        assertThatThrownBy(() -> serializer.decode(new byte[] {0, 0, 0, 0, 1, 0}))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot read a message (id 1): out of reach")
                .hasCause(away);
        registry.outage(null);
        assertThat(serializer.decode(serializer.encode("orders", RecordPart.VALUE, "v")))
                .isEqualTo("v");
    }

    @Test
    void encode_withoutRegistering_usesWhatIsRegistered() {
        MessageSerializer lookingUp = builder().autoRegister(false).build();
        assertThatThrownBy(() -> lookingUp.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBJECT_NOT_FOUND));

        registry.register(ORDERS, Orders.V1);
        byte[] message = lookingUp.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));

        assertThat(lookingUp.decode(message)).isEqualTo(Orders.order(Orders.V1, 1));
        assertThat(registry.calls("register")).isZero();
    }

    @Test
    void encode_normalizing_findsTheSameSchemaInOtherWords() {
        MessageSerializer normalizing = builder().normalize(true).build();
        SchemaContent spelled = SchemaContent.avro("{\"type\":\"record\",\"fields\":[{\"type\":{\"type\":\"int\"},"
                + "\"name\":\"id\"}],\"namespace\":\"shop\",\"name\":\"Order\"}");
        normalizing.encode("orders", RecordPart.VALUE, Orders.V1, Orders.order(Orders.V1, 1));
        normalizing.encode("orders", RecordPart.VALUE, spelled, Orders.order(Orders.V1, 1));

        assertThat(registry.registry().versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
    }

    @Test
    void encodeAsLatest_olderRecord_isWrittenWithTheLatestVersion() {
        registry.register(ORDERS, Orders.V1);
        RegisteredSchema latest = registry.register(ORDERS, Orders.V2);

        byte[] message = serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(Orders.V1, 5));

        assertThat(idOf(message)).isEqualTo(latest.id());
        assertThat(serializer.decode(message)).isEqualTo(Orders.order(Orders.V2, 5));
    }

    @Test
    void encodeAsLatest_newVersion_isNoticedAfterTheTimeToLive() {
        int first = registry.register(ORDERS, Orders.V1).id();
        Schema schema = new Schema.Parser().parse(Orders.V1.text());
        assertThat(idOf(serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(schema, 1))))
                .isEqualTo(first);
        int second = registry.register(ORDERS, Orders.V2).id();

        clock.advance(Duration.ofSeconds(59));
        assertThat(idOf(serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(schema, 1))))
                .isEqualTo(first);
        assertThat(registry.calls("version")).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(idOf(serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(schema, 1))))
                .isEqualTo(second);
        assertThat(registry.calls("version")).isEqualTo(2);
    }

    @Test
    void encodeAsLatest_recordThatTheLatestCannotRead_isRefused() {
        registry.register(ORDERS, Orders.BROKEN);

        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOfSatisfying(EncodeException.class, e -> {
                    assertThat(e).hasMessageContaining("does not fit the value's own schema");
                    assertThat(e.subject()).contains(ORDERS);
                });
    }

    @Test
    void encodeAsLatest_noSuchSubject_passesTheRegistrysErrorOn() {
        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, "v"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBJECT_NOT_FOUND));
    }

    @Test
    void decodeInto_otherSchema_evolvesTheRecord() {
        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 3));

        for (int i = 0; i < 3; i++) {
            assertThat(serializer.decodeInto(Orders.V2, "orders", RecordPart.VALUE, message))
                    .isEqualTo(Orders.order(Orders.V2, 3));
            assertThat(serializer.decodeInto(
                            SchemaContent.avro(Orders.V2.text()), "orders", RecordPart.VALUE, ByteBuffer.wrap(message)))
                    .isEqualTo(Orders.order(Orders.V2, 3));
        }
        assertThat(registry.calls("schema")).isEqualTo(1);
    }

    @Test
    void decodeInto_schemaThatCannotReadIt_saysWhy() {
        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 3));

        assertThatThrownBy(() -> serializer.decodeInto(Orders.BROKEN, "orders", RecordPart.VALUE, message))
                .isInstanceOfSatisfying(DecodeException.class, e -> {
                    assertThat(e).hasMessageContaining("total");
                    assertThat(e.id()).isPresent();
                });
    }

    @Test
    void decodeAsLatest_newVersion_isNoticedAfterTheTimeToLive() {
        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 3));
        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, message))
                .isEqualTo(Orders.order(Orders.V1, 3));
        registry.register(ORDERS, Orders.V2);
        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, message))
                .isEqualTo(Orders.order(Orders.V1, 3));

        clock.advance(Duration.ofMinutes(1));
        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, ByteBuffer.wrap(message)))
                .isEqualTo(Orders.order(Orders.V2, 3));
    }

    @Test
    void decode_partOfABuffer_readsBetweenPositionAndLimit() {
        byte[] message = Objects.requireNonNull(serializer.encode("orders", RecordPart.VALUE, "text"));
        ByteBuffer buffer = ByteBuffer.allocateDirect(message.length + 20).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(7);
        buffer.put(message).limit(7 + message.length).position(7);

        assertThat(serializer.decode("orders", RecordPart.VALUE, buffer)).isEqualTo("text");
        assertThat(serializer.decode("orders", RecordPart.VALUE, buffer.asReadOnlyBuffer()))
                .isEqualTo("text");
        assertThat(buffer.position()).isEqualTo(7);
        assertThat(buffer.limit()).isEqualTo(7 + message.length);
    }

    @Test
    void encode_namingInAnotherContext_keepsItsIdsApart() {
        MessageSerializer staging =
                builder().naming(SubjectNaming.TOPIC.in(Context.of("staging"))).build();
        serializer.encode("orders", RecordPart.VALUE, "v");

        byte[] message = staging.encode("orders", RecordPart.VALUE, 42);

        assertThat(idOf(message)).isEqualTo(1);
        assertThat(staging.decode("orders", RecordPart.VALUE, message)).isEqualTo(42);
        assertThat(staging.decodeAsLatest("orders", RecordPart.VALUE, message)).isEqualTo(42);
        assertThat(staging.encode(new SchemaId(Context.of("staging"), 1), 42)).isEqualTo(message);
        assertThat(registry.registry().subjects(":*:", Deleted.EXCLUDED))
                .contains(Subject.of(":.staging:orders-value"));
    }

    @Test
    void encode_namingThatContradictsItself_isRefused() {
        MessageSerializer confused = builder()
                .naming((topic, part, schema) -> Subject.of(":.staging:" + topic))
                .build();

        assertThatThrownBy(() -> confused.encode("orders", RecordPart.VALUE, "v"))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining(".staging")
                .hasMessageContaining("contextOf");
        assertThat(registry.calls()).isZero();
    }

    private static int idOf(byte @Nullable [] message) {
        return ByteBuffer.wrap(Objects.requireNonNull(message)).getInt(1);
    }
}
