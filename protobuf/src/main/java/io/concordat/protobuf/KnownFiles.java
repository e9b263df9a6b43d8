package io.concordat.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import com.google.protobuf.compiler.PluginProtos;
import io.concordat.protobuf.Tree.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that every schema may import without a reference. Read when they are first asked for, and then kept. */
final class KnownFiles {
    private static final String META = "confluent/meta.proto";

    /** Those that protobuf-java brings, with the descriptors that its classes have. */
    private static final Map<String, FileDescriptor> GENERATED = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    JavaFeaturesProto.getDescriptor(),
                    PluginProtos.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toUnmodifiableMap(FileDescriptor::getFullName, Function.identity()));

    /** Those whose texts lie beside this class. */
    private static final Set<String> BUNDLED = Stream.concat(
                    Stream.of(META, "confluent/type/decimal.proto", "confluent/type/variant.proto"),
                    Stream.of(
                                    "calendar_period",
                                    "color",
                                    "date",
                                    "datetime",
                                    "dayofweek",
                                    "decimal",
                                    "expr",
                                    "fraction",
                                    "interval",
                                    "latlng",
                                    "localized_text",
                                    "money",
                                    "month",
                                    "phone_number",
                                    "postal_address",
                                    "quaternion",
                                    "timeofday")
                            .map(name -> "google/type/" + name + ".proto"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, File> TREES = new HashMap<>();
    private static final Map<String, FileDescriptor> DESCRIPTORS = new HashMap<>();

    private KnownFiles() {}

    static boolean contains(String path) {
        return isGenerated(path) || BUNDLED.contains(path);
    }

    /** Whether protobuf-java has classes for the file. */
    static boolean isGenerated(String path) {
        return GENERATED.containsKey(path);
    }

    /** What a file says, or null if it is not one of these. */
    static @Nullable File tree(String path) {
        if (!contains(path)) {
            return null;
        }
        synchronized (TREES) {
            return TREES.computeIfAbsent(path, KnownFiles::read);
        }
    }

    /** A file's descriptor, always the same one, or null if it is not one of these. */
    static @Nullable FileDescriptor descriptor(String path) {
        FileDescriptor generated = GENERATED.get(path);
        if (generated != null || !BUNDLED.contains(path)) {
            return generated;
        }
        synchronized (DESCRIPTORS) {
            FileDescriptor known = DESCRIPTORS.get(path);
            if (known == null) {
                known = Linker.linkKnown(path, read(path));
                DESCRIPTORS.put(path, known);
            }
            return known;
        }
    }

    /** The descriptor of one of the {@link #tree trees}, or null if it is none. */
    @SuppressWarnings("ReferenceEquality") // Others may say the same.
    static @Nullable FileDescriptor descriptor(File tree) {
        String path = null;
        synchronized (TREES) {
            for (Map.Entry<String, File> known : TREES.entrySet()) {
                path = known.getValue() == tree ? known.getKey() : path;
            }
        }
        return path == null ? null : descriptor(path);
    }

    /** The options by which schemas carry the registry's tags and documentation. */
    static List<FieldDescriptor> registryOptions() {
        FileDescriptor meta = descriptor(META);
        return meta == null ? List.of() : meta.getExtensions();
    }

    private static File read(String path) {
        FileDescriptor generated = GENERATED.get(path);
        return generated != null ? TreeOfDescriptor.of(generated.toProto(), List.of()) : ProtoParser.parse(text(path));
    }

    private static String text(String path) {
        try (InputStream in = KnownFiles.class.getResourceAsStream("known/" + path)) {
            if (in == null) {
                throw new IllegalStateException("The file '" + path + "' is missing in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
