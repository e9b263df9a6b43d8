package io.concordat.kafka;

import io.concordat.api.Context;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.serdes.MessageFailure;
import io.concordat.serdes.PayloadForm;
import io.concordat.serdes.RecordPart;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record that could not be written or read. Survives Java serialization, in which frameworks pass
 * exceptions on.
 */
public final class FailureDetails implements Serializable {
    static final int DEEPEST_CAUSE = 50;

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 8;
    private static final int NO_LENGTH = -1;

    private final @Nullable String topic;
    private final @Nullable RecordPart part;
    private final int length;
    private final String firstBytes;
    private final @Nullable String context;
    private final int id;
    private final @Nullable String subject;
    private final @Nullable PayloadForm form;
    private final String nextStep;

    private FailureDetails(
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable ByteBuffer bytes,
            @Nullable SchemaId id,
            @Nullable Subject subject,
            @Nullable PayloadForm form,
            String nextStep) {
        this.topic = topic;
        this.part = part;
        this.length = bytes == null ? NO_LENGTH : bytes.remaining();
        this.firstBytes = bytes == null ? "" : firstOf(bytes);
        this.context = id == null ? null : id.context().name();
        this.id = id == null ? 0 : id.id();
        this.subject = subject == null ? null : subject.qualified();
        this.form = form;
        this.nextStep = nextStep;
    }

    /**
     * What is known.
     *
     * @param bytes what could not be read; null for a value that could not be written
     * @param failure says the rest; null if nobody does
     * @param form what the bytes look like, if that is the matter
     */
    static FailureDetails of(
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable ByteBuffer bytes,
            @Nullable MessageFailure failure,
            @Nullable PayloadForm form,
            String nextStep) {
        return new FailureDetails(
                topic,
                part,
                bytes,
                failure == null ? null : failure.id().orElse(null),
                failure == null ? null : failure.subject().orElse(null),
                form,
                nextStep);
    }

    /** The topic, if it is known. */
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    /** The key or the value, if it is known which. */
    public Optional<RecordPart> part() {
        return Optional.ofNullable(part);
    }

    /** How many bytes could not be read; empty for a value that could not be written. */
    public OptionalInt length() {
        return length == NO_LENGTH ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /** The first of these bytes, eight at most, such as {@code 00 00 00 00 07}; empty if there are none. */
    public String firstBytes() {
        return firstBytes;
    }

    /** The id of the schema, if it is known. */
    public Optional<SchemaId> schemaId() {
        return context == null ? Optional.empty() : Optional.of(new SchemaId(new Context(context), id));
    }

    /** The subject of the schema, if it is known. */
    public Optional<Subject> subject() {
        return Optional.ofNullable(subject).map(Subject::of);
    }

    /** What the bytes look like, if they are not what a message begins with. */
    public Optional<PayloadForm> form() {
        return Optional.ofNullable(form);
    }

    /** What to do about it, in a few words. */
    public String nextStep() {
        return nextStep;
    }

    /** What went wrong, with what it does not say yet of the bytes, and what to do. */
    String message(String problem) {
        StringBuilder text =
                new StringBuilder(problem.endsWith(".") ? problem.substring(0, problem.length() - 1) : problem);
        if (length != NO_LENGTH) {
            text.append(" (").append(length).append(length == 1 ? " byte" : " bytes");
            if (!firstBytes.isEmpty() && !problem.contains(firstBytes)) {
                text.append(", the first are ").append(firstBytes);
            }
            text.append(')');
        }
        return text.append("; next: ").append(nextStep).toString();
    }

    private static String firstOf(ByteBuffer bytes) {
        byte[] first = new byte[Math.min(SHOWN, bytes.remaining())];
        bytes.get(bytes.position(), first);
        return HexFormat.ofDelimiter(" ").formatHex(first);
    }
}
