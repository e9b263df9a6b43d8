package io.concordat.benchmarks.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.rpc.context.AttributeContext;
import com.google.type.Money;
import io.concordat.api.format.CodecSettings;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole message, warm: our serializer against bare protobuf-java that writes the same bytes into an array of the right
 * size, and reads them from behind the prefix. For messages of generated classes and for dynamic ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProtobufBenchmark {
    private static final String TOPIC = "benchmark";

    @Param({"small", "request"})
    public String record = "";

    @Param({"generated", "dynamic"})
    public String messages = "";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private MessageSerializer serializer = MessageSerializer.of(registry);
    private Message value = Money.getDefaultInstance();
    private Parser<? extends Message> parser = Money.parser();
    private byte[] message = {};
    private byte[] header = {};

    @Setup
    public void prepare() throws IOException {
        Message generated = record.equals("small") ? small() : request();
        boolean dynamic = messages.equals("dynamic");
        Map<String, Object> settings =
                dynamic ? Map.of() : Map.of("specific.protobuf.value.type", generated.getClass());
        serializer = MessageSerializer.builder(registry)
                .settings(new CodecSettings(settings, false, ProtobufBenchmark.class.getClassLoader()))
                .build();
        value = dynamic ? DynamicMessage.newBuilder(generated).build() : generated;
        parser = value.getParserForType();
        message = Objects.requireNonNull(encode_ours());
        header = Arrays.copyOf(message, message.length - value.getSerializedSize());
        if (!Arrays.equals(message, encode_reference())
                || !value.toByteString().equals(((Message) Objects.requireNonNull(decode_ours())).toByteString())) {
            throw new IllegalStateException("Both sides must do the same work");
        }
    }

    private static Message small() {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(1999)
                .setNanos(500_000_000)
                .build();
    }

    private static Message request() {
        AttributeContext.Request.Builder request = AttributeContext.Request.newBuilder()
                .setId("4f3a9c0e-7a55-4a39-9b8e-0f6a6f1b2c3d")
                .setMethod("POST")
                .setPath("/v1/orders/42/lines")
                .setHost("orders.example.com")
                .setScheme("https")
                .setProtocol("http/1.1")
                .setSize(4096)
                .setTime(Timestamp.newBuilder().setSeconds(1_790_000_000L).setNanos(1))
                .setAuth(AttributeContext.Auth.newBuilder()
                        .setPrincipal("issuer/subject")
                        .addAudiences("one")
                        .addAudiences("two")
                        .setClaims(Struct.newBuilder()
                                .putFields(
                                        "iss",
                                        Value.newBuilder()
                                                .setStringValue("issuer")
                                                .build())
                                .putFields(
                                        "iat",
                                        Value.newBuilder()
                                                .setNumberValue(1.79e9)
                                                .build())));
        for (int i = 0; i < 8; i++) {
            request.putHeaders("x-header-" + i, "some value of header " + i);
        }
        return AttributeContext.newBuilder()
                .setSource(peer("10.0.0.1"))
                .setDestination(peer("10.0.0.2"))
                .setRequest(request)
                .build();
    }

    private static AttributeContext.Peer peer(String ip) {
        return AttributeContext.Peer.newBuilder()
                .setIp(ip)
                .setPort(8443)
                .putLabels("app", "orders")
                .putLabels("zone", "b")
                .build();
    }

    @TearDown
    public void close() {
        serializer.close();
        registry.close();
    }

    @Benchmark
    public byte @Nullable [] encode_ours() {
        return serializer.encode(TOPIC, RecordPart.VALUE, value);
    }

    @Benchmark
    public byte[] encode_reference() throws IOException {
        int size = value.getSerializedSize();
        byte[] bytes = Arrays.copyOf(header, header.length + size);
        value.writeTo(CodedOutputStream.newInstance(bytes, header.length, size));
        return bytes;
    }

    @Benchmark
    public @Nullable Object decode_ours() {
        return serializer.decode(TOPIC, RecordPart.VALUE, message);
    }

    @Benchmark
    public Message decode_reference() throws IOException {
        return parser.parseFrom(message, header.length, message.length - header.length);
    }
}
