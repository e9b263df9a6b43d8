package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import io.concordat.protobuf.Tree.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compares what we make of files with what protoc makes of them. */
class CompilerTest {
    @TempDir
    Path folder = Path.of(".");

    @TestFactory
    Stream<DynamicTest> link_realFiles_givesTheDescriptorsOfProtoc() throws Exception {
        Protoc protoc = new Protoc(folder);
        copy(resource("/protos"), folder);
        copy(resource("/io/concordat/protobuf/known"), folder);
        List<String> paths = protos(folder);
        List<FileDescriptorProto> compiled = protoc.compile(paths);

        Map<String, List<Reference>> needed = new HashMap<>();
        List<DynamicTest> tests = new ArrayList<>();
        for (FileDescriptorProto expected : compiled) {
            File file = ProtoParser.parse(Files.readString(folder.resolve(expected.getName())));
            List<Reference> references = expected.getDependencyList().stream()
                    .flatMap(name -> needed.getOrDefault(name, List.of()).stream())
                    .distinct()
                    .toList();
            tests.add(DynamicTest.dynamicTest(
                    expected.getName(), () -> isSame(Linker.link(expected.getName(), file, references), expected)));
            List<Reference> all = new ArrayList<>(references);
            all.add(new Reference(expected.getName(), file));
            needed.put(expected.getName(), all);
        }
        return tests.stream();
    }

    private static void isSame(FileDescriptor made, FileDescriptorProto expected) throws IOException {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        List<FileDescriptor> files = new ArrayList<>(List.of(made));
        for (int i = 0; i < files.size(); i++) {
            files.get(i).getExtensions().forEach(extension -> add(extension, extensions));
            files.addAll(files.get(i).getDependencies());
        }
        assertThat(readable(made.toProto(), extensions)).isEqualTo(readable(expected, extensions));
    }

    private static void add(FieldDescriptor extension, ExtensionRegistry extensions) {
        if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            extensions.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
        } else {
            extensions.add(extension);
        }
    }

    /** With what options say that are extensions, however it is put into bytes. */
    private static String readable(FileDescriptorProto file, ExtensionRegistry extensions) throws IOException {
        return DynamicMessage.parseFrom(file.getDescriptorForType(), file.toByteString(), extensions)
                .toString();
    }

    private static Path resource(String name) throws URISyntaxException {
        URI uri = Objects.requireNonNull(CompilerTest.class.getResource(name), name)
                .toURI();
        return Path.of(uri);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String path : protos(from)) {
            Path target = to.resolve(path);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            if (!Files.exists(target)) {
                Files.copy(from.resolve(path), target);
            }
        }
    }

    private static List<String> protos(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".proto"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
