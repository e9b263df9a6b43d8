package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.GeneratedMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.concordat.api.format.RecordException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The classes an application has generated from schemas. A class is looked up by the name that a schema says, which may come from
 * anywhere, so it is not even initialised before it has proved to be a generated one.
 */
final class GeneratedClasses {
    private final ClassLoader loader;

    GeneratedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * What reads messages of a type into the class that its file's options name.
     *
     * @return null if the application has no such class, or the options name none
     */
    @Nullable
    Parser<? extends Message> find(Descriptor type) {
        String name = className(type);
        Class<?> found = name == null ? null : load(name);
        if (found == null || !isGenerated(found)) {
            return null;
        }
        Message instance = instance(found.asSubclass(Message.class));
        return instance.getDescriptorForType().getFullName().equals(type.getFullName())
                ? instance.getParserForType()
                : null;
    }

    /** The name of the class that a type's file asks for, or null: the name of a file that is not known may decide on it. */
    static @Nullable String className(Descriptor type) {
        FileDescriptor file = type.getFile();
        FileOptions options = file.getOptions();
        String javaPackage = options.hasJavaPackage() ? options.getJavaPackage() : file.getPackage();
        StringBuilder name = new StringBuilder();
        for (Descriptor each = type; each != null; each = each.getContainingType()) {
            name.insert(0, each.getName());
            if (each.getContainingType() != null) {
                name.insert(0, '$');
            }
        }
        if (!options.getJavaMultipleFiles()) {
            if (!options.hasJavaOuterClassname()) {
                return null;
            }
            name.insert(0, options.getJavaOuterClassname() + "$");
        }
        return javaPackage.isEmpty() ? name.toString() : javaPackage + "." + name;
    }

    private @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static boolean isGenerated(Class<?> candidate) {
        return GeneratedMessage.class.isAssignableFrom(candidate) && !Modifier.isAbstract(candidate.getModifiers());
    }

    /** @throws IllegalArgumentException if the class is none that was generated for a message */
    static Class<? extends Message> requireMessage(Class<?> type) {
        if (!isGenerated(type)) {
            throw new IllegalArgumentException(type.getName() + " was not generated for a message");
        }
        return type.asSubclass(Message.class);
    }

    /** What reads messages into a generated class. */
    static Parser<? extends Message> parser(Class<? extends Message> generated) {
        return instance(generated).getParserForType();
    }

    private static Message instance(Class<? extends Message> generated) {
        try {
            return Internal.getDefaultInstance(generated);
        } catch (RuntimeException | LinkageError e) {
            throw new RecordException("The generated class " + generated.getName() + " cannot be used: " + e, e);
        }
    }
}
