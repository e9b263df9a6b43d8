package io.concordat.api;

import java.util.Comparator;
import java.util.Objects;

/**
 * One version of one subject.
 *
 * @param subject the subject
 * @param version its number there
 */
public record SubjectVersion(Subject subject, int version) implements Comparable<SubjectVersion> {
    private static final Comparator<SubjectVersion> ORDER =
            Comparator.comparing(SubjectVersion::subject).thenComparingInt(SubjectVersion::version);

    public SubjectVersion {
        Objects.requireNonNull(subject, "subject");
    }

    @Override
    public int compareTo(SubjectVersion other) {
        return ORDER.compare(this, other);
    }
}
