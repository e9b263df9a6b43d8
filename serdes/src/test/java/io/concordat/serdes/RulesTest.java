package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule that cannot be executed fails the record. */
class RulesTest {
    private static final Subject ORDERS = Subject.value("orders");

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MovableClock clock = new MovableClock();
    private final MessageSerializer serializer =
            MessageSerializer.builder(registry.registry()).clock(clock).build();

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleMode.class,
            names = {"WRITE", "WRITEREAD"})
    void encode_ruleOnWriting_failsTheRecord(RuleMode mode) {
        SchemaContent schema = domain(rule(mode, false));
        SchemaId id = registry.register(ORDERS, schema).schemaId();

        assertThatThrownBy(() -> serializer.encode(id, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("'mask'")
                .hasMessageContaining("ENCRYPT");
        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, schema, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class);
        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleMode.class,
            names = {"READ", "WRITEREAD"})
    void decode_ruleOnReading_failsTheRecord(RuleMode mode) {
        byte[] message =
                message(registry.register(ORDERS, domain(rule(mode, false))).id());

        assertThatThrownBy(() -> serializer.decode("orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
    }

    @Test
    void decode_ruleOnWritingOnly_isNoneOfItsBusiness() {
        byte[] message = message(
                registry.register(ORDERS, domain(rule(RuleMode.WRITE, false))).id());

        assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(Orders.order(Orders.V1, 1));
    }

    @Test
    void encode_ruleSwitchedOff_isNotRun() {
        SchemaId id = registry.register(ORDERS, domain(rule(RuleMode.WRITEREAD, true)))
                .schemaId();

        assertThat(serializer.decode(serializer.encode(id, Orders.order(Orders.V1, 1))))
                .isEqualTo(Orders.order(Orders.V1, 1));
    }

    @Test
    void decodeAsLatest_migrationRule_failsRecordsOfOtherVersions() {
        byte[] old = message(registry.register(ORDERS, Orders.V1).id());
        RuleSet migrations = new RuleSet(List.of(rule(RuleMode.UPGRADE, false)), List.of(), List.of(), "");
        int latest = registry.register(ORDERS, Orders.V2.withRuleSet(Optional.of(migrations)))
                .id();
        byte[] current = serializer.encode(SchemaId.of(latest), Orders.order(Orders.V2, 1));

        assertThatThrownBy(() -> serializer.decodeAsLatest("orders", RecordPart.VALUE, old))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("'mask'");
        assertThat(serializer.decodeAsLatest("orders", RecordPart.VALUE, current))
                .isEqualTo(Orders.order(Orders.V2, 1));
    }

    @Test
    void encodeAsLatest_ruleThatComesLater_failsFromThenOn() {
        registry.register(ORDERS, Orders.V1);
        assertThat(serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isNotNull();
        registry.register(ORDERS, domain(rule(RuleMode.WRITE, false)));
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> serializer.encodeAsLatest("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class);
    }

    private static SchemaContent domain(Rule rule) {
        return Orders.V1.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(rule), List.of(), "")));
    }

    private static Rule rule(RuleMode mode, boolean disabled) {
        return new Rule(
                "mask",
                "",
                RuleKind.TRANSFORM,
                mode,
                "ENCRYPT",
                new TreeSet<>(List.of("PII")),
                new TreeMap<>(),
                "",
                "",
                "",
                disabled);
    }

    /** An order with the number 1. */
    private static byte[] message(int id) {
        return ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();
    }
}
