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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in a file: those it defines itself, those of everything it refers to, whatever the reference is called,
 * and those of the well-known files that any of them imports.
 */
final class Names {
    /** How long the full name of a message may be. */
    private static final int MAX_NAME = 2_000;

    /** How many messages and enums may be defined together. */
    private static final int MAX_TYPES = 20_000;

    private final Scope root = new Scope(null, "");

    /** Many names in a row are looked for in the same scope. */
    private volatile Start last = new Start("", root);

    private record Start(String name, Scope scope) {}

    private int types;

    private Names() {}

    /** A package, a message, an enum or an extension, with what is defined within it. For many readers once it is filled. */
    private static final class Scope {
        private final @Nullable Scope around;
        private final String name;
        private final int length;
        private final Map<String, Scope> within = new HashMap<>();
        private @Nullable Definition type;
        private @Nullable Field extension;
        private volatile @Nullable String fullName;

        Scope(@Nullable Scope around, String name) {
            this.around = around;
            this.name = name;
            this.length = around == null ? 0 : around.length + name.length() + 1;
        }

        Scope open(String part) {
            return within.computeIfAbsent(part, unseen -> new Scope(this, unseen));
        }

        /** Follows a name with dots down from here, or gives null. */
        @Nullable
        Scope follow(String path) {
            Scope found = this;
            for (int from = 0; found != null && from <= path.length(); ) {
                int dot = path.indexOf('.', from);
                int end = dot < 0 ? path.length() : dot;
                found = found.within.get(path.substring(from, end));
                from = end + 1;
            }
            return found;
        }

        /** Follows a name down as far as it is known. */
        Scope followAsFarAsKnown(String path) {
            Scope found = this;
            for (String part : path.split("\\.", -1)) {
                Scope next = found.within.get(part);
                if (next == null) {
                    return found;
                }
                found = next;
            }
            return found;
        }

        /** The same string for as long as somebody needs it: many fields may be of one type. */
        String fullName() {
            String known = fullName;
            if (known == null) {
                known = joined();
                fullName = known;
            }
            return known;
        }

        private String joined() {
            Deque<String> parts = new ArrayDeque<>();
            for (Scope scope = this; scope.around != null; scope = scope.around) {
                parts.push(scope.name);
            }
            return String.join(".", parts);
        }
    }

    /**
     * A message or an enum.
     *
     * @param type a {@link Message} or an {@link EnumType}
     * @param file where it is defined
     * @param entry the map field that repeated fields of it stand for; null if it is no entry of a map
     */
    record Definition(Element type, File file, @Nullable Field entry) {}

    /**
     * What a name means.
     *
     * @param fullName without a dot before it
     */
    record Found(String fullName, Definition definition) {
        Element type() {
            return definition.type();
        }

        File file() {
            return definition.file();
        }

        /** The name without the package. */
        String localName() {
            String packageName = file().packageName();
            return packageName.isEmpty() ? fullName : fullName.substring(packageName.length() + 1);
        }

        /** The map that a repeated field of this type stands for; the type of the values counts from within it. */
        Optional<Field> entry() {
            return Optional.ofNullable(definition.entry());
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
        Scope scope = root;
        if (!file.packageName().isEmpty()) {
            for (String part : file.packageName().split("\\.", -1)) {
                scope = scope.open(part);
            }
        }
        define(file, scope, file);
    }

    private void define(Parent parent, Scope scope, File file) {
        for (Element element : parent.elements()) {
            if (element instanceof Message message) {
                defineMessage(message, scope, file);
            } else if (element instanceof EnumType type) {
                define(scope.open(type.name()), new Definition(type, file, null));
            } else if (element instanceof Field field && field.group() != null) {
                defineMessage(field.group(), scope, file);
            } else if (element instanceof Oneof oneof) {
                define(oneof, scope, file);
            } else if (element instanceof Extend extend) {
                extend.all(Field.class).forEach(field -> defineExtension(scope.open(field.name()), field));
                define(extend, scope, file);
            }
        }
    }

    private void defineMessage(Message message, Scope around, File file) {
        Scope scope = around.open(message.name());
        if (scope.length > MAX_NAME) {
            throw new InvalidSchemaException("The name of a message has more than " + MAX_NAME + " characters");
        }
        define(scope, new Definition(message, file, MapEntries.fieldOf(message)));
        define(message, scope, file);
    }

    /** The first of a name counts. */
    private void define(Scope scope, Definition type) {
        if (++types > MAX_TYPES) {
            throw new InvalidSchemaException("The schema defines more than " + MAX_TYPES
                    + " messages and enums, together with what it refers to");
        }
        scope.type = scope.type == null ? type : scope.type;
    }

    private static void defineExtension(Scope scope, Field extension) {
        scope.extension = scope.extension == null ? extension : scope.extension;
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
    Found find(String name, String scope) {
        Scope found = innermost(name, scope, candidate -> candidate.type != null);
        return found == null || found.type == null ? null : new Found(found.fullName(), found.type);
    }

    /** @throws NameProblem if the name means nothing */
    Found require(String name, String scope) {
        Found found = find(name, scope);
        if (found == null) {
            throw NameProblem.unknownType(name, scope);
        }
        return found;
    }

    /** The full name of the extension that is meant, or null. */
    @Nullable
    String extension(String name, String scope) {
        Scope found = innermost(name, scope, candidate -> candidate.extension != null);
        return found == null ? null : found.fullName();
    }

    /** Whether an extension, by its full name, has many values. */
    boolean isRepeated(String extension) {
        Scope found = root.follow(extension);
        return found != null && found.extension != null && found.extension.label() == Tree.Label.REPEATED;
    }

    private @Nullable Scope innermost(String name, String from, Predicate<Scope> fits) {
        if (name.startsWith(".")) {
            Scope found = root.follow(name.substring(1));
            return found != null && fits.test(found) ? found : null;
        }
        for (Scope around = start(from); around != null; around = around.around) {
            Scope found = around.follow(name);
            if (found != null && fits.test(found)) {
                return found;
            }
        }
        return null;
    }

    private Scope start(String from) {
        Start known = last;
        if (!known.name().equals(from)) {
            known = new Start(from, root.followAsFarAsKnown(from));
            last = known;
        }
        return known.scope();
    }
}
