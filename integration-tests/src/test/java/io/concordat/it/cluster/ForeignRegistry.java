package io.concordat.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.concordat.api.json.Json;
import io.concordat.dev.DevBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A registry of another make, as far as its cluster sees it: a member of the group that, when it leads, takes registrations and
 * writes them to the topic with a plain producer. It says nothing of offsets.
 */
final class ForeignRegistry implements AutoCloseable {
    private static final String NOOP = "{\"keytype\":\"NOOP\",\"magic\":0}";

    private final String bootstrapServers;
    private final String topic;
    private final HttpServer http;
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final URI url;
    private final ForeignMember member;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<Map<String, List<String>>> heads = new ConcurrentLinkedQueue<>();

    private ForeignRegistry(DevBroker broker, String group, String topic, String host) throws IOException {
        bootstrapServers = broker.bootstrapServers();
        this.topic = topic;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/subjects/", this::register);
        http.setExecutor(workers);
        http.start();
        url = URI.create("http://" + host + ":" + http.getAddress().getPort());
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        write(NOOP, null);
        member = ForeignMember.join(group, broker.port(), url);
    }

    /** Starts one over a topic that exists. It says that it is reached under that name of this machine. */
    static ForeignRegistry start(DevBroker broker, String group, String topic, String host) throws IOException {
        return new ForeignRegistry(broker, group, topic, host);
    }

    URI url() {
        return url;
    }

    ForeignMember member() {
        return member;
    }

    /** The headers of what it was asked, in lower case. */
    List<Map<String, List<String>>> heads() {
        return List.copyOf(heads);
    }

    private void register(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> head = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> head.put(name.toLowerCase(java.util.Locale.ROOT), values));
            heads.add(head);
            Map<?, ?> asked = TopicRecords.object(exchange.getRequestBody().readAllBytes());
            String subject = exchange.getRequestURI().getPath().split("/", -1)[2];
            byte[] answer = url.toString().equals(member.leader())
                    ? Json.write(Map.of("id", add(subject, Objects.toString(asked.get("schema")))))
                    : "{\"error_code\":50004,\"message\":\"Leader not known.\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer[2] == 'i' ? 200 : 500, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Writes a version behind those that are there, under a new id. */
    private int add(String subject, String text) {
        write(NOOP, null);
        int id = 0;
        int version = 0;
        for (ConsumerRecord<byte[], byte[]> record : TopicRecords.read(bootstrapServers, topic, "read_committed")) {
            if (TopicRecords.kind(record).equals("SCHEMA") && record.value() != null) {
                Map<?, ?> value = TopicRecords.object(record.value());
                id = Math.max(id, number(value.get("id")));
                version = subject.equals(value.get("subject"))
                        ? Math.max(version, number(value.get("version")))
                        : version;
            }
        }
        writeLate(subject, version + 1, id + 1, text);
        return id + 1;
    }

    /** Writes a version although it does not lead, as after a pause. */
    void writeLate(String subject, int version, int id, String text) {
        write(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"" + subject + "\",\"version\":" + version + ",\"magic\":1}",
                row(subject, version, id, text));
    }

    private static String row(String subject, int version, int id, String text) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("subject", subject);
        value.put("version", version);
        value.put("id", id);
        value.put("schemaType", "AVRO");
        value.put("schema", text);
        value.put("deleted", false);
        return new String(Json.write(value), UTF_8);
    }

    private static int number(@Nullable Object value) {
        return Integer.parseInt(String.valueOf(value));
    }

    private void write(String key, @Nullable String value) {
        try {
            producer.send(new ProducerRecord<>(
                            topic, 0, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic " + topic + " was not written", e);
        }
    }

    /** Takes no more requests, leaves the group and ends. */
    @Override
    public void close() throws IOException {
        http.stop(0);
        member.close();
        workers.shutdown();
        producer.close();
    }
}
