package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subjects that the registry associates with topics. */
class AssociatedNamingTest {
    private static final Subject SHARED = Subject.of("shared-orders");
    private static final Subject STAGED = Subject.of(":.staging:orders");

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MovableClock clock = new MovableClock();
    private final AssociatedNaming naming = AssociatedNaming.of(registry.registry());
    private final MessageSerializer serializer = serializer(naming);

    private MessageSerializer serializer(SubjectNaming rule) {
        return MessageSerializer.builder(registry.registry()).naming(rule).build();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void subject_associatedTopic_isThatOne() {
        registry.register(SHARED, Orders.V1);
        registry.associate("lkc-1", "orders", SHARED);

        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        serializer.encode("orders", RecordPart.KEY, "k");

        assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isEqualTo(Orders.order(Orders.V1, 1));
        assertThat(registry.registry().subjects("", Deleted.EXCLUDED)).containsExactly(Subject.key("orders"), SHARED);
    }

    @Test
    void subject_otherTopic_isThatOfTheFallback() {
        MessageSerializer byRecord = serializer(AssociatedNaming.builder(registry.registry())
                .fallback(SubjectNaming.RECORD)
                .build());

        serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        byRecord.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));

        assertThat(registry.registry().subjects("", Deleted.EXCLUDED))
                .containsExactly(Subject.value("orders"), Subject.of("shop.Order"));
    }

    @Test
    void subject_noFallback_failsTheRecordButReadsOthers() {
        MessageSerializer strict = serializer(
                AssociatedNaming.builder(registry.registry()).fallback(null).build());
        byte[] message = serializer.encode("orders", RecordPart.VALUE, "v");

        assertThatThrownBy(() -> strict.encode("orders", RecordPart.VALUE, "v"))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("the value of topic 'orders'")
                .hasMessageContaining("associates no subject");
        assertThat(strict.decode("orders", RecordPart.VALUE, message)).isEqualTo("v");
        assertThatThrownBy(() -> strict.decodeAsLatest("orders", RecordPart.VALUE, message))
                .isInstanceOf(DecodeException.class)
                .hasMessageStartingWith("Cannot read the value of topic 'orders'")
                .hasMessageContaining("associates no subject");
    }

    @Test
    void subject_anotherContext_isWhereIdsAreLookedFor() {
        registry.register(Subject.of("other"), Orders.V2);
        registry.register(STAGED, Orders.V1);
        registry.associate("lkc-1", "orders", STAGED);

        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        MessageSerializer reader = serializer(AssociatedNaming.of(registry.registry()));

        assertThat(naming.contextOf("orders", RecordPart.VALUE)).isEqualTo(Context.of("staging"));
        assertThat(reader.decode("orders", RecordPart.VALUE, message)).isEqualTo(Orders.order(Orders.V1, 1));
        assertThat(reader.decodeInto(Orders.V2, "orders", RecordPart.VALUE, message))
                .isEqualTo(Orders.order(Orders.V2, 1));
    }

    @Test
    void registry_isAskedOncePerTopicAndPart() {
        MessageSerializer reader = serializer(naming);
        for (int i = 0; i < 5; i++) {
            for (String topic : new String[] {"orders", "payments"}) {
                byte[] message = serializer.encode(topic, RecordPart.VALUE, Orders.order(Orders.V1, i));
                reader.decode(topic, RecordPart.VALUE, message);
            }
        }

        assertThat(registry.calls("associated")).isEqualTo(2);
    }

    @Test
    void clusters_topicsOfOneName_areToldApartOnceTheClusterIsKnown() {
        registry.register(SHARED, Orders.V1);
        registry.register(STAGED, Orders.V1);
        registry.associate("lkc-1", "orders", SHARED);
        registry.associate("lkc-2", "orders", STAGED);
        assertThatThrownBy(() -> serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1)))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("several subjects with it (shared-orders, :.staging:orders)");

        naming.cluster("lkc-1");
        byte[] message = serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        assertThat(serializer.decode("orders", RecordPart.VALUE, message)).isNotNull();
        assertThat(naming.contextOf("orders", RecordPart.VALUE)).isEqualTo(Context.DEFAULT);

        naming.cluster("lkc-2");
        serializer.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        assertThat(naming.contextOf("orders", RecordPart.VALUE)).isEqualTo(Context.of("staging"));

        AssociatedNaming fixed =
                AssociatedNaming.builder(registry.registry()).cluster("lkc-1").build();
        fixed.cluster("lkc-2");
        assertThat(fixed.contextOf("orders", RecordPart.VALUE)).isEqualTo(Context.DEFAULT);
    }

    @Test
    void answers_expire_whenTheyAreTold() {
        AssociatedNaming expiring = AssociatedNaming.builder(registry.registry())
                .timeToLive(Duration.ofSeconds(30))
                .clock(clock)
                .build();
        MessageSerializer following = serializer(expiring);
        MessageSerializer staying = serializer(naming);
        registry.register(SHARED, Orders.V1);
        for (MessageSerializer each : new MessageSerializer[] {following, staying}) {
            each.encode("orders", RecordPart.VALUE, Orders.order(Orders.V2, 1));
        }
        registry.associate("lkc-1", "orders", SHARED);
        clock.advance(Duration.ofSeconds(30));

        staying.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));
        assertThat(registry.registry().versions(SHARED, Deleted.EXCLUDED)).containsExactly(1);
        following.encode("orders", RecordPart.VALUE, Orders.order(Orders.V2, 1));
        assertThat(registry.registry().versions(SHARED, Deleted.EXCLUDED)).containsExactly(1, 2);
        following.encode("orders", RecordPart.VALUE, Orders.order(Orders.V2, 1));
        assertThat(registry.calls("associated")).isEqualTo(3);
    }

    @Test
    void registryAway_isRetriableAndAskedAgain() {
        byte[] message = serializer.encode("orders", RecordPart.VALUE, "v");
        MessageSerializer other = serializer(AssociatedNaming.of(registry.registry()));
        registry.outage(new RegistryException(ErrorCode.OPERATION_TIMED_OUT, "too late"));

        assertThatThrownBy(() -> other.encode("orders", RecordPart.VALUE, "v"))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot write the value of topic 'orders': too late");
        assertThatThrownBy(() -> other.decode("orders", RecordPart.VALUE, message))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetriable()).isTrue())
                .hasMessage("Cannot read the value of topic 'orders': too late");
        registry.outage(null);
        assertThat(other.decode("orders", RecordPart.VALUE, message)).isEqualTo("v");
    }

    @Test
    void in_context_keepsAskingForNames() {
        registry.register(SHARED, Orders.V1);
        registry.associate("lkc-1", "orders", SHARED);
        MessageSerializer staged = serializer(naming.in((ContextNaming) topic -> Context.of("of-" + topic)));

        staged.encode("orders", RecordPart.VALUE, Orders.order(Orders.V1, 1));

        assertThat(registry.registry().subjects(":*:", Deleted.EXCLUDED))
                .contains(Subject.of(":.of-orders:shared-orders"));
    }
}
