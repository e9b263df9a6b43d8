package io.concordat.cli;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/** The whole story once: records through Kafka, their schema as it changes, and what that costs. For one thread. */
final class Demo {
    private static final String WEATHER = "weather";
    private static final String ORDERS = "orders";
    private static final String NEW_FIELD = "humidity";
    private static final int ORDER_COUNT = 5_000;
    private static final long SEED = 20_261_124L;

    private static final Pattern REASON =
            Pattern.compile("\\{errorType:'(?<type>.*?)', description:'(?<what>.*)', additionalInfo:'(?<more>.*)'}");

    private final Report report;

    Demo(Console console) {
        report = new Report(console);
    }

    /** Tells the story; whether every record came back as it was sent, and every answer was the right one. */
    boolean run() throws IOException {
        long start = System.nanoTime();
        report.title("Concordat demo: a Kafka broker and a schema registry in this process. Nothing is kept.");
        report.step("Start the broker and the registry, on free ports");
        try (DevEnvironment environment = DevEnvironment.ephemeral();
                SchemaRegistryClient registry = environment.client()) {
            started(environment, millisSince(start));
            Topics topics = new Topics(environment);
            List<GenericRecord> readings = DemoData.weather();
            sendWeather(registry, topics, readings);
            showWire(topics, readings);
            evolve(registry, topics, readings);
            refuse(registry, readings.get(0).getSchema());
            sendOrders(topics);
        }
        return report.verdict(millisSince(start));
    }

    private void started(DevEnvironment environment, long millis) {
        report.line("Kafka broker   " + environment.bootstrapServers());
        report.line("registry       " + environment.registryUrl());
        report.line("ready after " + millis + " ms");
    }

    private void sendWeather(SchemaRegistryClient registry, Topics topics, List<GenericRecord> readings) {
        report.step("Send weather readings through Kafka (" + readings.size()
                + " records of the Avro project's test data)");
        Schema schema = readings.get(0).getSchema();
        RegisteredSchema registered = register(registry, schema);
        report.line("schema " + schema.getFullName() + " is version " + registered.version() + " of subject '"
                + registered.subject() + "', id " + registered.id());
        topics.send(WEATHER, readings);
        List<GenericRecord> received = topics.receive(WEATHER, readings.size());
        compareAll(readings, received);
    }

    private void compareAll(List<GenericRecord> sent, List<GenericRecord> received) {
        report.expect("number of records", sent.size(), received.size());
        for (int i = 0; i < Math.min(sent.size(), received.size()); i++) {
            report.compare(sent.get(i).toString(), sent.get(i), received.get(i));
        }
    }

    private void showWire(Topics topics, List<GenericRecord> readings) throws IOException {
        report.step("Look at what is on the wire");
        byte[] message = topics.receiveBytes(WEATHER, readings.size()).get(0);
        int json = readings.get(0).toString().getBytes(StandardCharsets.UTF_8).length;
        report.line(
                "the first reading as Kafka holds it, " + message.length + " bytes (the same as JSON: " + json + "):");
        for (WireView.Part part : WireView.of(message, readings.get(0)).parts()) {
            report.line(String.format(Locale.ROOT, "  %-38s  %s", part.hex(), part.meaning()));
        }
    }

    private void evolve(SchemaRegistryClient registry, Topics topics, List<GenericRecord> readings) {
        report.step("Change the schema: a new optional field '" + NEW_FIELD + "'");
        Schema oldSchema = readings.get(0).getSchema();
        Schema newSchema = Evolution.withOptionalInt(oldSchema, NEW_FIELD);
        List<GenericRecord> newReadings = new ArrayList<>();
        for (GenericRecord reading : readings) {
            newReadings.add(copy(reading, newSchema, 40 + newReadings.size()));
        }
        topics.send(WEATHER, newReadings);
        RegisteredSchema registered = registry.version(Subject.value(WEATHER), VersionSpec.LATEST);
        report.line("the producer registered it: version " + registered.version() + ", id " + registered.id());
        report.expect("the new version", 2, registered.version());

        MessageSerializer messages = MessageSerializer.of(registry.registry());
        List<byte[]> wire = topics.receiveBytes(WEATHER, 2 * readings.size());
        report.expect("number of records", 2 * readings.size(), wire.size());
        boolean same = wire.size() == 2 * readings.size();
        for (int i = 0; same && i < readings.size(); i++) {
            Object newByOld = read(messages, oldSchema, wire.get(readings.size() + i));
            Object oldByNew = read(messages, newSchema, wire.get(i));
            same = report.expect("new record, old reader", readings.get(i), newByOld)
                    && report.expect("old record, new reader", copy(readings.get(i), newSchema, null), oldByNew);
            if (i == 0) {
                report.line("written new, read old: " + newByOld);
                report.line("written old, read new: " + oldByNew);
            }
        }
        if (same) {
            report.line("and so for every record, both ways");
        }
    }

    private static @Nullable Object read(MessageSerializer messages, Schema reader, byte[] message) {
        return messages.decodeInto(SchemaContent.avro(reader.toString()), WEATHER, RecordPart.VALUE, message);
    }

    private static GenericRecord copy(GenericRecord reading, Schema schema, @Nullable Integer humidity) {
        GenericRecordBuilder copy = new GenericRecordBuilder(schema);
        for (Schema.Field field : reading.getSchema().getFields()) {
            copy.set(field.name(), reading.get(field.pos()));
        }
        return copy.set(NEW_FIELD, humidity).build();
    }

    private void refuse(SchemaRegistryClient registry, Schema schema) {
        report.step("Try a change that would break readers: 'temp' becomes a string");
        Schema broken = Evolution.withString(schema, "temp");
        CompatibilityReport verdict = registry.check(Subject.value(WEATHER), SchemaContent.avro(broken.toString()));
        report.expect("compatible", false, verdict.compatible());
        try {
            register(registry, broken);
            report.expect("the registry refuses it", "refused", "registered");
        } catch (RegistryException e) {
            report.expect("the status of the refusal", 409, e.code().httpStatus());
            report.line("refused with error " + e.number());
        }
        verdict.messages().stream().flatMap(message -> reason(message).stream()).forEach(report::line);
    }

    /** A reason in words, out of the form in which registries give it; empty for what else stands among the messages. */
    private static Optional<String> reason(String message) {
        Matcher parts = REASON.matcher(message);
        return parts.matches()
                ? Optional.of(parts.group("type") + ": " + parts.group("what") + " (" + parts.group("more") + ")")
                : Optional.empty();
    }

    private static RegisteredSchema register(SchemaRegistryClient registry, Schema schema) {
        return registry.register(Subject.value(WEATHER), SchemaContent.avro(schema.toString()));
    }

    private void sendOrders(Topics topics) throws IOException {
        report.step("Push " + ORDER_COUNT + " generated orders through (customer, address, one to five lines each)");
        List<GenericRecord> orders = new Orders(DemoData.order(), SEED).next(ORDER_COUNT);
        long start = System.nanoTime();
        long bytes = topics.send(ORDERS, orders);
        long sent = System.nanoTime();
        List<GenericRecord> received = topics.receive(ORDERS, orders.size());
        long done = System.nanoTime();
        report.line("sent      " + rate(orders.size(), sent - start));
        report.line("received  " + rate(received.size(), done - sent));
        report.line("size      " + bytes / orders.size() + " bytes per record, schema id included (the same as JSON: "
                + json(orders) / orders.size() + ")");
        compareAllQuietly(orders, received);
    }

    private void compareAllQuietly(List<GenericRecord> sent, List<GenericRecord> received) {
        boolean same = report.expect("number of records", sent.size(), received.size());
        for (int i = 0; same && i < sent.size(); i++) {
            same = report.expect("order " + i, sent.get(i), received.get(i));
        }
        if (same) {
            report.line("every one came back as it was sent");
        }
    }

    private static String rate(int records, long nanos) {
        return String.format(
                Locale.ROOT,
                "%,d records in %d ms: %,d per second",
                records,
                nanos / 1_000_000,
                records * 1_000_000_000L / nanos);
    }

    private static long json(List<GenericRecord> records) {
        return records.stream()
                .mapToLong(record -> record.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
