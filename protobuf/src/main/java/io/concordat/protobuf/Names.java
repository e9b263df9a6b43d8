package io.concordat.protobuf;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.EnumType;
import io.concordat.protobuf.Tree.Extend;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Import;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Parent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in a file: those it defines itself, those of everything it refers to, whatever the reference is called,
 * and those of the well-known files that any of them imports.
 */
final class Names {
    private final Map<String, Definition> types = new HashMap<>();
    private final Map<String, Field> extensions = new HashMap<>();

    private Names() {}

    /**
     * A message or an enum.
     *
     * @param type a {@link Message} or an {@link EnumType}
     * @param file where it is defined
     */
    record Definition(String fullName, Element type, File file) {
        /** The name without the package. */
        String localName() {
            String packageName = file.packageName();
            return packageName.isEmpty() ? fullName : fullName.substring(packageName.length() + 1);
        }

        boolean isMapEntry() {
            return type instanceof Message message && message.isMapEntry();
        }
    }

    static Names of(File file, List<Reference> references) {
        Names names = new Names();
        names.define(file);
        references.forEach(reference -> names.define(reference.file()));
        names.defineKnown(file, references);
        return names;
    }

    private void defineKnown(File file, List<Reference> references) {
        Set<String> seen = new HashSet<>();
        Deque<File> open = new ArrayDeque<>();
        open.add(file);
        references.forEach(reference -> {
            seen.add(reference.name());
            open.add(reference.file());
        });
        while (!open.isEmpty()) {
            for (Import imported : open.remove().imports()) {
                File known = seen.add(imported.path()) ? KnownFiles.tree(imported.path()) : null;
                if (known != null) {
                    define(known);
                    open.add(known);
                }
            }
        }
    }

    private void define(File file) {
        define(file, file.packageName(), file);
    }

    private void define(Parent parent, String scope, File file) {
        for (Element element : parent.elements()) {
            if (element instanceof Message message) {
                defineMessage(message, scope, file);
            } else if (element instanceof EnumType type) {
                String name = within(scope, type.name());
                types.putIfAbsent(name, new Definition(name, type, file));
            } else if (element instanceof Field field && field.group() != null) {
                defineMessage(field.group(), scope, file);
            } else if (element instanceof Oneof oneof) {
                define(oneof, scope, file);
            } else if (element instanceof Extend extend) {
                extend.all(Field.class).forEach(field -> extensions.putIfAbsent(within(scope, field.name()), field));
                define(extend, scope, file);
            }
        }
    }

    private void defineMessage(Message message, String scope, File file) {
        String name = within(scope, message.name());
        types.putIfAbsent(name, new Definition(name, message, file));
        define(message, name, file);
    }

    /** The name of something within a scope. */
    static String within(String scope, String name) {
        return scope.isEmpty() ? name : scope + "." + name;
    }

    /**
     * The type that a name means in a scope: the innermost that fits.
     *
     * @return null if there is none
     */
    @Nullable
    Definition find(String name, String scope) {
        String fullName = find(types, name, scope);
        return fullName == null ? null : types.get(fullName);
    }

    /** @throws InvalidSchemaException if the name means nothing */
    Definition require(String name, String scope) {
        Definition found = find(name, scope);
        if (found == null) {
            throw new InvalidSchemaException("Could not resolve type: " + name);
        }
        return found;
    }

    /** The full name of the extension that is meant, or null. */
    @Nullable
    String extension(String name, String scope) {
        return find(extensions, name, scope);
    }

    /** Whether an extension, by its full name, has many values. */
    boolean isRepeated(String extension) {
        Field field = extensions.get(extension);
        return field != null && field.label() == Tree.Label.REPEATED;
    }

    /** The full name among the known ones that a name means in a scope. */
    private static @Nullable String find(Map<String, ?> known, String name, String scope) {
        if (name.startsWith(".")) {
            return known.containsKey(name.substring(1)) ? name.substring(1) : null;
        }
        for (String around = scope; ; around = parent(around)) {
            String candidate = within(around, name);
            if (known.containsKey(candidate)) {
                return candidate;
            }
            if (around.isEmpty()) {
                return null;
            }
        }
    }

    private static String parent(String scope) {
        return scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
    }
}
