package io.concordat.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import io.concordat.kafka.RegistrySerde;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StreamsTest {
    private static final Schema SALE = SchemaBuilder.record("Sale")
            .fields()
            .requiredString("shop")
            .requiredLong("cents")
            .endRecord();
    private static final Schema REVENUE = SchemaBuilder.record("Revenue")
            .fields()
            .requiredString("shop")
            .requiredLong("total")
            .endRecord();

    @Test
    void topology_withTheSerdeByDefault_readsAndWritesRecordsAndItsStore(@TempDir Path folder) throws Exception {
        try (DevEnvironment environment = DevEnvironment.ephemeral();
                SchemaRegistryClient registry = environment.client()) {
            createTopics(environment, "sales", "revenue");
            Clients clients = new Clients(environment);
            List<ProducerRecord<String, GenericRecord>> sales = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                String shop = i % 2 == 0 ? "even" : "odd";
                sales.add(new ProducerRecord<>("sales", shop, sale(shop, i)));
            }
            clients.send(sales);

            List<ConsumerRecord<Object, GenericRecord>> totals;
            try (KafkaStreams streams = new KafkaStreams(topology(), settings(environment, folder))) {
                streams.start();
                totals = clients.receive("revenue", 10, Map.of());
            }

            assertThat(totals)
                    .extracting(ConsumerRecord::value)
                    .contains(revenue("even", 2 + 4 + 6 + 8 + 10), revenue("odd", 1 + 3 + 5 + 7 + 9));
            assertThat(registry.versions(Subject.value("revenue"))).containsExactly(1);
        }
    }

    private static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Object, GenericRecord> sales = builder.stream("sales");
        sales.groupByKey()
                .aggregate(
                        () -> revenue("", 0),
                        (shop, sale, sum) ->
                                revenue(shop.toString(), (long) sum.get("total") + (long) sale.get("cents")),
                        Materialized.<Object, GenericRecord>as(Stores.inMemoryKeyValueStore("revenues"))
                                .withCachingDisabled())
                .toStream()
                .to("revenue");
        return builder.build();
    }

    private static Properties settings(DevEnvironment environment, Path folder) {
        Properties settings = new Properties();
        settings.put("application.id", "revenue");
        settings.put("bootstrap.servers", environment.bootstrapServers());
        settings.put("schema.registry.url", environment.registryUrl());
        settings.put("default.key.serde", RegistrySerde.class.getName());
        settings.put("default.value.serde", RegistrySerde.class.getName());
        settings.put("auto.offset.reset", "earliest");
        settings.put("commit.interval.ms", "100");
        settings.put("state.dir", folder.toString());
        return settings;
    }

    private static void createTopics(DevEnvironment environment, String... names) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new NewTopic(name, 1, (short) 1));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        }
    }

    private static GenericRecord sale(String shop, long cents) {
        return new GenericRecordBuilder(SALE)
                .set("shop", shop)
                .set("cents", cents)
                .build();
    }

    private static GenericRecord revenue(String shop, long total) {
        return new GenericRecordBuilder(REVENUE)
                .set("shop", shop)
                .set("total", total)
                .build();
    }
}
