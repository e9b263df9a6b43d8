package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes descriptors that records are read and written with. For one file with all it refers to. */
final class Linker {
    private final Map<String, FileDescriptor> byName = new HashMap<>();
    private final IdentityHashMap<File, FileDescriptor> byFile = new IdentityHashMap<>();

    private Linker() {}

    /** Links a file that imports nothing but well-known ones. */
    static FileDescriptor linkKnown(String name, File file) {
        return new Linker().link(name, file, Names.of(file, List.of()));
    }

    /**
     * @param references each after those that it refers to itself
     * @throws InvalidSchemaException if the file makes no sense as a whole
     * @throws NameProblem if a name in it means nothing
     */
    static FileDescriptor link(String name, File file, List<Reference> references) {
        Linker linker = new Linker();
        for (int i = 0; i < references.size(); i++) {
            Reference reference = references.get(i);
            if (!KnownFiles.isGenerated(reference.name())) {
                Names names = Names.of(reference.file(), references.subList(0, i));
                linker.add(reference, linker.link(reference, names));
            }
        }
        return linker.link(name, file, Names.of(file, references));
    }

    private FileDescriptor link(Reference reference, Names names) {
        try {
            return link(reference.name(), reference.file(), names);
        } catch (NameProblem e) {
            throw new InvalidSchemaException(
                    "The schema under the reference '" + reference.name() + "' is invalid: " + e.getMessage(), e);
        }
    }

    private void add(Reference reference, FileDescriptor linked) {
        byName.put(reference.name(), linked);
        byFile.put(reference.file(), linked);
    }

    private FileDescriptor link(String name, File file, Names names) {
        List<Import> imports = new ArrayList<>(
                file.imports().stream().filter(this::isKnown).distinct().toList());
        DescriptorWriter plain = DescriptorWriter.linked(file, names, new OptionWriter(OptionWriter.Extensions.NONE));
        FileDescriptorProto described = plain.write(name, imports);
        FileDescriptor[] dependencies = dependencies(imports);
        List<FileDescriptor> unseen = unseen(file, plain.used(), dependencies);
        if (!unseen.isEmpty()) {
            unseen.forEach(other -> imports.add(new Import(Import.Kind.PLAIN, other.getFullName())));
            described = plain.write(name, imports);
            dependencies = dependencies(imports);
        }
        FileDescriptor linked = build(described, dependencies);
        return DescriptorWriter.hasCustomOptions(file)
                ? withCustomOptions(name, file, names, imports, dependencies, linked)
                : linked;
    }

    private static FileDescriptor withCustomOptions(
            String name,
            File file,
            Names names,
            List<Import> imports,
            FileDescriptor[] dependencies,
            FileDescriptor linked) {
        Map<String, FieldDescriptor> extensions = extensions(linked, dependencies);
        OptionWriter options = new OptionWriter((extension, scope) -> {
            @Nullable String fullName = names.extension(extension, scope);
            return fullName == null ? null : extensions.get(fullName);
        });
        return build(DescriptorWriter.linked(file, names, options).write(name, imports), dependencies);
    }

    private boolean isKnown(Import imported) {
        return find(imported.path()) != null;
    }

    private @Nullable FileDescriptor find(String path) {
        FileDescriptor referred = byName.get(path);
        return referred != null ? referred : KnownFiles.descriptor(path);
    }

    private FileDescriptor[] dependencies(List<Import> imports) {
        Set<FileDescriptor> dependencies = new LinkedHashSet<>();
        for (Import imported : imports) {
            FileDescriptor found = find(imported.path());
            if (found != null) {
                dependencies.add(found);
            }
        }
        return dependencies.toArray(new FileDescriptor[0]);
    }

    /** Where types come from that no import leads to: a reference may have another name than the import that means it. */
    @SuppressWarnings("ReferenceEquality") // Two references may say the same.
    private List<FileDescriptor> unseen(File file, Set<File> used, FileDescriptor[] dependencies) {
        List<FileDescriptor> seen = new ArrayList<>(List.of(dependencies));
        for (int i = 0; i < seen.size(); i++) {
            seen.get(i).getPublicDependencies().stream()
                    .filter(other -> !seen.contains(other))
                    .forEach(seen::add);
        }
        List<FileDescriptor> unseen = new ArrayList<>();
        for (File other : used) {
            FileDescriptor linked = byFile.containsKey(other) ? byFile.get(other) : KnownFiles.descriptor(other);
            if (other != file && linked != null && !seen.contains(linked)) {
                unseen.add(linked);
            }
        }
        return unseen;
    }

    private static FileDescriptor build(FileDescriptorProto described, FileDescriptor[] dependencies) {
        try {
            return FileDescriptor.buildFrom(described, dependencies);
        } catch (DescriptorValidationException e) {
            throw new InvalidSchemaException(
                    "The schema cannot be used for records: " + e.getProblemSymbolName() + ": " + e.getDescription(),
                    e);
        }
    }

    private static Map<String, FieldDescriptor> extensions(FileDescriptor file, FileDescriptor[] dependencies) {
        Map<String, FieldDescriptor> extensions = new HashMap<>();
        collect(file, extensions);
        List<FileDescriptor> open = new ArrayList<>(List.of(dependencies));
        Set<FileDescriptor> seen = new LinkedHashSet<>(open);
        for (int i = 0; i < open.size(); i++) {
            collect(open.get(i), extensions);
            open.get(i).getDependencies().stream().filter(seen::add).forEach(open::add);
        }
        return extensions;
    }

    private static void collect(FileDescriptor file, Map<String, FieldDescriptor> extensions) {
        file.getExtensions().forEach(extension -> extensions.put(extension.getFullName(), extension));
        file.getMessageTypes().forEach(type -> collect(type, extensions));
    }

    private static void collect(Descriptor type, Map<String, FieldDescriptor> extensions) {
        type.getExtensions().forEach(extension -> extensions.put(extension.getFullName(), extension));
        type.getNestedTypes().forEach(nested -> collect(nested, extensions));
    }
}
