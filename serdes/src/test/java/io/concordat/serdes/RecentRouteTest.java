package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a serializer remembers of the record before, and whose buffer it writes into, must not show. */
class RecentRouteTest {
    private final WatchedRegistry registry = new WatchedRegistry();
    private final MessageSerializer serializer = MessageSerializer.of(registry.registry());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void encode_topicsPartsAndSchemasByTurns_eachHasItsOwnId() {
        SchemaId older = registered(Subject.value("orders"), Orders.V1);
        SchemaId newer = registered(Subject.value("orders"), Orders.V2);
        SchemaId inContext = registered(Subject.of(":.other:orders-value"), Orders.V2);
        SchemaId key = registered(Subject.of(":.other:orders-key"), Orders.V3);
        GenericRecord first = Orders.order(Orders.V1, 1);
        GenericRecord second = Orders.order(Orders.V2, 2);
        GenericRecord third = Orders.order(Orders.V3, 3);
        third.put("memo", "x");

        for (int turn = 0; turn < 3; turn++) {
            assertThat(idIn("orders", RecordPart.VALUE, first)).isEqualTo(older.id());
            assertThat(idIn(" orders".strip(), RecordPart.VALUE, first)).isEqualTo(older.id());
            assertThat(idIn("orders", RecordPart.VALUE, second)).isEqualTo(newer.id());
            assertThat(idIn(":.other:orders", RecordPart.VALUE, second)).isEqualTo(inContext.id());
            assertThat(idIn(":.other:orders", RecordPart.KEY, third)).isEqualTo(key.id());
        }
    }

    @Test
    void encode_mapsOfOneClass_eachHasTheSchemaOfWhatIsInIt() {
        Map<String, Object> numbers = new HashMap<>(Map.of("a", 1));
        Map<String, Object> texts = new HashMap<>(Map.of("a", "b"));
        MessageSerializer byType = MessageSerializer.builder(registry.registry())
                .naming((topic, part, schema) ->
                        Subject.value(topic + schema.content().text().length()))
                .build();

        byte[] message = byType.encode("maps", RecordPart.VALUE, numbers);
        byte[] other = byType.encode("maps", RecordPart.VALUE, texts);

        assertThat(byType.encode("maps", RecordPart.VALUE, numbers)).isEqualTo(message);
        assertThat(byType.encode("maps", RecordPart.VALUE, texts)).isEqualTo(other);
        assertThat(idOf(message)).isNotEqualTo(idOf(other));
    }

    @Test
    void encode_valueThatWritesAnotherMeanwhile_writesBoth() {
        GenericRecord inner = Orders.order(Orders.V1, 7);
        byte[] expected = serializer.encode("inner", RecordPart.VALUE, inner);
        List<byte[]> written = new ArrayList<>();
        GenericRecord outer = Orders.order(Orders.V3, 1);
        outer.put("memo", new Text("memo") {
            @Override
            public String toString() {
                written.add(serializer.encode("inner", RecordPart.VALUE, inner));
                return super.toString();
            }
        });
        GenericRecord plain = Orders.order(Orders.V3, 1);
        plain.put("memo", "memo");

        byte[] message = serializer.encode("outer", RecordPart.VALUE, outer);

        assertThat(message).isEqualTo(serializer.encode("outer", RecordPart.VALUE, plain));
        assertThat(written).isNotEmpty().allSatisfy(bytes -> assertThat(bytes).isEqualTo(expected));
    }

    @Test
    void encode_moreThreadsThanBuffers_eachWritesItsOwn() throws InterruptedException, ExecutionException {
        GenericRecord first = Orders.order(Orders.V1, 1);
        GenericRecord second = Orders.order(Orders.V2, 2);
        byte[] one = serializer.encode("ones", RecordPart.VALUE, first);
        byte[] two = serializer.encode("twos", RecordPart.VALUE, second);
        int threads = 4 * Runtime.getRuntime().availableProcessors() + 20;
        for (int generation = 0; generation < 3; generation++) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    done.add(pool.submit(() -> {
                        for (int turn = 0; turn < 200; turn++) {
                            assertThat(serializer.encode("ones", RecordPart.VALUE, first))
                                    .isEqualTo(one);
                            assertThat(serializer.encode("twos", RecordPart.VALUE, second))
                                    .isEqualTo(two);
                        }
                    }));
                }
                for (Future<?> each : done) {
                    each.get();
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private SchemaId registered(Subject subject, SchemaContent content) {
        return registry.register(subject, content).schemaId();
    }

    private int idIn(String topic, RecordPart part, Object value) {
        byte[] message = serializer.encode(topic, part, value);
        assertThat(serializer.decode(topic, part, message)).isEqualTo(value);
        return idOf(message);
    }

    private static int idOf(byte @Nullable [] message) {
        return ByteBuffer.wrap(Objects.requireNonNull(message)).getInt(1);
    }

    private static class Text implements CharSequence {
        private final String text;

        Text(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
