package io.concordat.benchmarks.engine;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.benchmarks.Row;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long large schemas take to be registered, and their next versions; against the goal of a second. */
public final class LargeSchemas {
    private static final double GOAL_MILLIS = 1_000;
    private static final int IMPORTS = 100;
    private static final int DEFINITIONS = 5_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private final List<Row> rows = new ArrayList<>();

    private LargeSchemas(int rounds) {
        this.rounds = rounds;
    }

    /** Something that is done once, with a number that no other time has. */
    @FunctionalInterface
    private interface Once {
        void run(int round);
    }

    public static List<Row> run(boolean quick) {
        LargeSchemas measured = new LargeSchemas(quick ? 5 : 20);
        try {
            measured.json();
            measured.protobuf();
            measured.messages();
            return measured.rows;
        } finally {
            measured.registry.close();
        }
    }

    private void json() {
        measure("JSON, 5,000 definitions", round -> register("j" + round, json("integer", round)));
        measure("JSON, their next version", round -> register("j" + round, json("number", round)));
    }

    private static SchemaContent json(String type, int round) {
        return SchemaContent.of(
                SchemaType.JSON,
                IntStream.range(0, DEFINITIONS)
                        .mapToObj(i -> "\"d" + i + "\":{\"type\":\"object\",\"properties\":{\"v" + round
                                + "\":{\"type\":\"" + type + "\"},\"next\":{\"$ref\":\"#/definitions/d"
                                + (i + 1) % DEFINITIONS + "\"},\"other\":{\"$ref\":\"#/definitions/d"
                                + i * 7 % DEFINITIONS + "\"}}}")
                        .collect(Collectors.joining(",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", "}}")));
    }

    private void protobuf() {
        List<SchemaReference> references = new ArrayList<>();
        for (int i = 0; i < IMPORTS; i++) {
            String before = i == 0 ? "" : "import \"f" + (i - 1) + ".proto\";";
            register(
                    "f" + i,
                    SchemaContent.of(
                                    SchemaType.PROTOBUF,
                                    "syntax = \"proto3\"; package p" + i + "; " + before + " message M { int32 a = 1; "
                                            + (i == 0 ? "" : "p" + (i - 1) + ".M before = 2; ")
                                            + IntStream.range(3, 30)
                                                    .mapToObj(n -> "string s" + n + " = " + n + ";")
                                                    .collect(Collectors.joining(" "))
                                            + " }")
                            .withReferences(i == 0 ? List.of() : List.of(references.get(i - 1))));
            references.add(new SchemaReference("f" + i + ".proto", "f" + i, 1));
        }
        measure("Protobuf, 100 imports", round -> register("p" + round, protobuf(references, "", round)));
        measure(
                "Protobuf, their next version",
                round -> register("p" + round, protobuf(references, "string more = 1000;", round)));
    }

    private static SchemaContent protobuf(List<SchemaReference> references, String more, int round) {
        return SchemaContent.of(
                        SchemaType.PROTOBUF,
                        "syntax = \"proto3\"; package r" + round + ";"
                                + each(i -> "import \"f" + i + ".proto\";") + "message All { "
                                + each(i -> "p" + i + ".M m" + i + " = " + (i + 1) + ";") + more + " }")
                .withReferences(references);
    }

    private static String each(IntFunction<String> text) {
        return IntStream.range(0, IMPORTS).mapToObj(text).collect(Collectors.joining(" "));
    }

    /** The first message of a generated class that imports as much: all files are registered, bottom up. */
    private void messages() {
        try (MessageSerializer serializer = MessageSerializer.of(registry)) {
            measure("Protobuf, first message with 100 imports", round -> {
                DynamicMessage message = message(round);
                serializer.encode("messages" + round, RecordPart.VALUE, message);
            });
        }
    }

    private static DynamicMessage message(int round) {
        String prefix = "g" + round + "_";
        try {
            FileDescriptor[] files = new FileDescriptor[IMPORTS];
            FileDescriptorProto.Builder all = FileDescriptorProto.newBuilder()
                    .setName(prefix + "all.proto")
                    .setPackage(prefix + "all")
                    .setSyntax("proto3");
            DescriptorProto.Builder type = DescriptorProto.newBuilder().setName("All");
            for (int i = 0; i < IMPORTS; i++) {
                String name = prefix + i;
                files[i] = FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder()
                                .setName(name + ".proto")
                                .setPackage(name)
                                .setSyntax("proto3")
                                .addMessageType(DescriptorProto.newBuilder()
                                        .setName("M")
                                        .addField(field("a", 1).setType(FieldDescriptorProto.Type.TYPE_INT32)))
                                .build(),
                        new FileDescriptor[0]);
                all.addDependency(name + ".proto");
                type.addField(field("m" + i, i + 1)
                        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("." + name + ".M"));
            }
            FileDescriptor file =
                    FileDescriptor.buildFrom(all.addMessageType(type).build(), files);
            return DynamicMessage.getDefaultInstance(file.getMessageTypes().get(0));
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private void register(String subject, SchemaContent schema) {
        registry.register(Subject.of(subject), schema, RegisterOptions.DEFAULT);
    }

    private void measure(String what, Once once) {
        double[] millis = new double[rounds];
        double[] cpuMillis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            once.run(round);
            millis[round] = (System.nanoTime() - begin) / 1e6;
            cpuMillis[round] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
        }
        rows.add(new Row(what + ", first", millis[0], "ms", GOAL_MILLIS));
        rows.add(new Row(what + ", first, CPU", cpuMillis[0], "ms", GOAL_MILLIS));
        rows.add(new Row(what + ", median, CPU", median(cpuMillis), "ms", GOAL_MILLIS));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
