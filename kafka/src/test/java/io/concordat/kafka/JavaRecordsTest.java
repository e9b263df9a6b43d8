package io.concordat.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Deleted;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain Java records as messages. */
class JavaRecordsTest {
    private static final Subject ORDERS = Subject.value("orders");

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    record Order(String id, Instant placed, List<String> lines) {}

    record NewerOrder(String id, Optional<String> note, List<String> lines) {}

    sealed interface Event permits Made, Sold {}

    record Made(int id) implements Event {}

    record Sold(int id, String to) implements Event {}

    record Priced(BigDecimal price) {}

    @AfterEach
    void close() {
        registry.close();
    }

    private <T> RegistryDeserializer<T> deserializer(Map<String, ?> settings) {
        RegistryDeserializer<T> deserializer = new RegistryDeserializer<>(registry);
        deserializer.configure(settings, false);
        return deserializer;
    }

    @Test
    void serializer_javaRecord_registersItsSchemaAndIsReadByOneSetting() {
        Order order = new Order("o1", Instant.ofEpochSecond(5), List.of("a", "b"));
        byte[] message = new RegistrySerializer<Order>(registry).serialize("orders", order);

        RegistryDeserializer<Order> orders = deserializer(Map.of("specific.avro.value.type", Order.class.getName()));
        RegistryDeserializer<NewerOrder> newer = deserializer(Map.of("specific.avro.value.type", NewerOrder.class));
        RegistryDeserializer<GenericRecord> generic = deserializer(Map.of());

        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
        assertThat(orders.deserialize("orders", message)).isEqualTo(order);
        assertThat(newer.deserialize("orders", message))
                .isEqualTo(new NewerOrder("o1", Optional.empty(), List.of("a", "b")));
        assertThat(requireNonNull(generic.deserialize("orders", message)).get("placed"))
                .isEqualTo(5_000_000L);
    }

    @Test
    void serializer_sealedType_writesItsUnion() {
        Map<String, ?> settings = Map.of("specific.avro.value.type", Event.class.getName());
        RegistrySerializer<Event> serializer = new RegistrySerializer<>(registry);
        serializer.configure(settings, false);
        RegistryDeserializer<Event> deserializer = deserializer(settings);

        for (Event event : List.of(new Made(1), new Sold(1, "Kim"))) {
            assertThat(deserializer.deserialize("orders", serializer.serialize("orders", event)))
                    .isEqualTo(event);
        }
        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
    }

    @Test
    void serializer_recordWithoutASchema_saysWhereAndWhatToDo() {
        RegistrySerializer<Priced> serializer = new RegistrySerializer<>(registry);

        assertThatThrownBy(() -> serializer.serialize("orders", new Priced(BigDecimal.ONE)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the value of topic 'orders'")
                .hasMessageContaining("at 'price'")
                .hasMessageContaining("@Decimal");
    }

    @Test
    void configure_classThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> deserializer(Map.of("specific.avro.value.type", "com.acme.Missing")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("com.acme.Missing");
    }
}
