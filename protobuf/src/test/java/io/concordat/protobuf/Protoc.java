package io.concordat.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The compiler that the language's makers publish. */
final class Protoc {
    private static final List<String> BUNDLED = List.of(
            "any",
            "api",
            "descriptor",
            "duration",
            "empty",
            "field_mask",
            "source_context",
            "struct",
            "timestamp",
            "type",
            "wrappers");

    private final Path program = Path.of(System.getProperty("concordat.protoc", "target/protoc/protoc.exe"));
    private final Path folder;

    /** @param folder an empty one to work in */
    Protoc(Path folder) throws IOException {
        this.folder = folder;
        if (Files.getFileAttributeView(program, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String name : BUNDLED) {
            String path = "google/protobuf/" + name + ".proto";
            try (InputStream in = FileDescriptorProto.class.getResourceAsStream("/" + path)) {
                if (in == null) {
                    throw new IOException("no " + path);
                }
                Files.createDirectories(folder.resolve(path).getParent());
                Files.copy(in, folder.resolve(path));
            }
        }
    }

    Path folder() {
        return folder;
    }

    /**
     * Compiles files of the folder.
     *
     * @return all files that were needed, each after those that it imports
     * @throws RefusedException if they make no sense
     */
    List<FileDescriptorProto> compile(List<String> paths) throws IOException, InterruptedException {
        Path out = folder.resolve("out.bin");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "-I",
                folder.toString(),
                "--include_imports",
                "--retain_options",
                "--descriptor_set_out=" + out));
        command.addAll(paths);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("protoc does not end");
        }
        if (process.exitValue() != 0) {
            throw new RefusedException(said);
        }
        return FileDescriptorSet.parseFrom(Files.readAllBytes(out)).getFileList();
    }

    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
