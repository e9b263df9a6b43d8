package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas that the settings choose in place of the value's own. */
class SchemaChoiceTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final SchemaContent PAST = Orders.V1.withProperties(Map.of("app", "shop", "line", "1"));
    private static final SchemaContent PRESENT = Orders.V2.withProperties(Map.of("app", "shop", "line", "2"));

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MovableClock clock = new MovableClock();

    private MessageSerializer.Builder builder() {
        return MessageSerializer.builder(registry.registry()).clock(clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void writeWith_id_writesWithThatSchema() {
        registry.register(ORDERS, Orders.V1);
        RegisteredSchema chosen = registry.register(ORDERS, Orders.V2);
        MessageSerializer serializer = builder().writeWith(chosen.id()).build();

        for (int i = 0; i < 3; i++) {
            byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
            assertThat(idOf(message)).isEqualTo(chosen.id());
            assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(Orders.order(Orders.V2, 1));
        }
        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void writeWith_idInHeader_isItsGuid() {
        RegisteredSchema chosen = registry.register(ORDERS, Orders.V1);
        MessageSerializer serializer =
                builder().writeWith(chosen.id()).idPlacement(IdPlacement.HEADER).build();
        HeaderMap headers = new HeaderMap();

        serializer.encode("orders", RecordPart.VALUE, headers, Orders.order(Orders.V1, 1));

        assertThat(headers.all())
                .containsExactly(
                        "__value_schema_id=01" + chosen.guid().toString().replace("-", ""));
    }

    @Test
    void writeWith_guid_findsItsIdOnlyWhereThatIsNeeded() {
        RegisteredSchema chosen = registry.register(ORDERS, Orders.V1);
        MessageSerializer behindIds = builder().writeWith(chosen.guid()).build();
        MessageSerializer inHeaders = builder()
                .writeWith(chosen.guid())
                .idPlacement(IdPlacement.HEADER)
                .build();
        GenericRecord order = Orders.order(Orders.V1, 1);

        inHeaders.encode("orders", RecordPart.VALUE, new HeaderMap(), order);
        assertThat(registry.calls("ids")).isZero();
        assertThat(idOf(behindIds.encode("orders", RecordPart.VALUE, order))).isEqualTo(chosen.id());
        behindIds.encode("orders", RecordPart.VALUE, order);
        assertThat(registry.calls("ids")).isEqualTo(1);
    }

    @Test
    void writeWith_guidOfAnotherContext_hasNoIdHere() {
        UUID guid = registry.register(Subject.of(":.staging:orders-value"), Orders.V1)
                .guid();
        MessageSerializer serializer = builder().writeWith(guid).build();

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining(guid.toString())
                .hasMessageContaining("no id in the context '.'");
    }

    @Test
    void writeWith_unknownIdOrGuid_passesTheRegistrysErrorOn() {
        for (MessageSerializer serializer : new MessageSerializer[] {
            builder().writeWith(99).build(), builder().writeWith(new UUID(1, 2)).build()
        }) {
            assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, "v"))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND))
                    .hasMessageContaining("the value of topic 'orders' (subject 'orders-value'");
        }
    }

    @Test
    void writeWith_schemaThatCannotReadTheValue_isRefusedUnlessLax() {
        RegisteredSchema chosen = registry.register(ORDERS, Orders.BROKEN);
        MessageSerializer strict = builder().writeWith(chosen.id()).build();
        MessageSerializer strictByGuid = builder().writeWith(chosen.guid()).build();
        MessageSerializer lax = builder().writeWith(chosen.id()).strictId(false).build();
        GenericRecord old = Orders.order(Orders.V1, 1);

        for (MessageSerializer serializer : new MessageSerializer[] {strict, strictByGuid}) {
            assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, old))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("does not fit the value's own schema")
                    .hasMessageContaining("total")
                    .hasMessageNotContaining("\"fields\"");
        }
        assertThatThrownBy(() -> lax.encode("orders", RecordPart.VALUE, old))
                .as("the value lacks a field that the schema wants")
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("total");
        GenericRecord whole = Orders.order(Orders.BROKEN, 1);
        whole.put("total", 5L);
        assertThat(lax.encode("orders", RecordPart.VALUE, whole)).isNotNull();
    }

    @Test
    void useLatest_schemaThatCannotReadTheValue_isRefusedUnlessLax() {
        registry.register(ORDERS, SchemaContent.avro("\"int\""));
        MessageSerializer strict = builder().useLatest().build();
        MessageSerializer lax = builder().useLatest().strictLatest(false).build();

        assertThatThrownBy(() -> strict.encode("orders", RecordPart.VALUE, 5L))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("version 1, the latest, does not fit");
        assertThat(lax.decode("orders", RecordPart.VALUE, lax.encode("orders", RecordPart.VALUE, 5L)))
                .isEqualTo(5);
    }

    @Test
    void useLatest_bothDirections_followTheLatestVersion() {
        registry.register(ORDERS, Orders.V1);
        MessageSerializer serializer = builder().useLatest().build();
        byte[] old = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        RegisteredSchema latest = registry.register(ORDERS, Orders.V2);
        clock.advance(Duration.ofMinutes(1));

        assertThat(serializer.decode("orders", RecordPart.VALUE, old)).isEqualTo(Orders.order(Orders.V2, 1));
        assertThat(idOf(serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1))))
                .isEqualTo(latest.id());
        assertThat(registry.calls("register")).isZero();
    }

    @Test
    void useLatestWith_properties_choosesTheNewestThatHasThem() {
        RegisteredSchema past = registry.register(ORDERS, PAST);
        registry.register(ORDERS, PRESENT);
        MessageSerializer serializer =
                builder().useLatestWith(Map.of("line", "1")).build();

        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 2));

        assertThat(idOf(message)).isEqualTo(past.id());
        assertThat(registry.calls("newestWith")).isEqualTo(1);
        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void useLatestWith_reading_readsIntoThatVersion() {
        byte[] past = ByteBuffer.allocate(6)
                .put((byte) 0)
                .putInt(registry.register(ORDERS, PAST).id())
                .put((byte) 2)
                .array();
        registry.register(ORDERS, PRESENT);
        MessageSerializer serializer =
                builder().useLatestWith(Map.of("line", "2")).build();

        assertThat(serializer.decode("orders", RecordPart.VALUE, past)).isEqualTo(Orders.order(Orders.V2, 1));
    }

    @Test
    void useLatestWith_nothingThatHasThem_passesTheRegistrysErrorOn() {
        registry.register(ORDERS, PAST);
        MessageSerializer serializer =
                builder().useLatestWith(Map.of("line", "3")).build();

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND));
    }

    @Test
    void propagateTags_newVersion_hasThoseOfTheOneBefore() {
        String tagged = Orders.V1.text().replace("\"int\"", "\"int\",\"confluent:tags\":[\"PII\"]");
        registry.register(ORDERS, SchemaContent.avro(tagged));
        MessageSerializer serializer = builder().propagateTags(true).build();

        serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V2, 1));

        assertThat(registry.registry()
                        .version(ORDERS, VersionSpec.LATEST)
                        .content()
                        .text())
                .contains("PII", "note");
    }

    @Test
    void useLatest_registryAway_isRetriableOnEveryPath() {
        registry.register(ORDERS, Orders.V1);
        MessageSerializer serializer = builder().useLatest().build();
        byte[] message = builder().build().encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        registry.outage(new RegistryException(ErrorCode.UNREACHABLE, "out of reach"));

        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot write the value of topic 'orders' (subject 'orders-value'): out of reach");
        assertThatThrownBy(() -> serializer.decode("orders", RecordPart.VALUE, message))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot read the value of topic 'orders' (id 1): out of reach");
        registry.outage(null);
        assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isNotNull();
        clock.advance(Duration.ofMinutes(2));
        registry.outage(new RegistryException(ErrorCode.UNREACHABLE, "out of reach"));
        assertThatThrownBy(() -> serializer.decode("orders", RecordPart.VALUE, message))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessageContaining("(subject 'orders-value', id 1): out of reach");
    }

    private static int idOf(byte @Nullable [] message) {
        return ByteBuffer.wrap(Objects.requireNonNull(message)).getInt(1);
    }
}
