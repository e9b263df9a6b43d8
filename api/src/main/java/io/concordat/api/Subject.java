package io.concordat.api;

import java.util.Comparator;
import java.util.Objects;

/**
 * The name under which versions of a schema are kept.
 *
 * <p>The name may hold any character. It may be empty: logs hold such subjects, and for settings an empty name stands for
 * the context as a whole.
 *
 * @param context the namespace
 * @param name the name within it, literal
 */
public record Subject(Context context, String name) implements Comparable<Subject> {
    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::context).thenComparing(Subject::name);

    public Subject {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(name, "name");
    }

    /**
     * The subject of that name, taken literally: no suffix is added. The qualified spelling {@code :.context:name} names a
     * subject of another context; {@code :.context:} (also without the last colon) is the context as a whole.
     */
    public static Subject of(String qualifiedName) {
        Objects.requireNonNull(qualifiedName, "qualifiedName");
        if (!qualifiedName.startsWith(":.")) {
            return new Subject(Context.DEFAULT, qualifiedName);
        }
        int end = qualifiedName.indexOf(':', 1);
        return end < 0
                ? new Subject(new Context(qualifiedName.substring(1)), "")
                : new Subject(new Context(qualifiedName.substring(1, end)), qualifiedName.substring(end + 1));
    }

    /** The subject of a topic's record keys by the usual naming: {@code <topic>-key}. */
    public static Subject key(String topic) {
        return of(topic + "-key");
    }

    /** The subject of a topic's record values by the usual naming: {@code <topic>-value}. */
    public static Subject value(String topic) {
        return of(topic + "-value");
    }

    /** A context as a whole, for settings. */
    public static Subject all(Context context) {
        return new Subject(context, "");
    }

    /** What a reference written inside a schema of this subject's context means by that name. */
    public Subject resolve(String referencedSubject) {
        return referencedSubject.startsWith(":.") ? of(referencedSubject) : new Subject(context, referencedSubject);
    }

    /** Whether this names a context as a whole. */
    public boolean isWholeContext() {
        return name.isEmpty();
    }

    /** The spelling used on the wire: {@code name}, or {@code :.context:name} outside the default context. */
    public String qualified() {
        return context.prefix() + name;
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return qualified();
    }
}
