package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be written or read, whatever the registry says. Trying again does not help. What the registry
 * refuses or cannot do is a {@link io.concordat.api.RegistryException} instead.
 */
public abstract sealed class MessageException extends RuntimeException implements MessageFailure
        permits EncodeException, DecodeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final boolean configuration;
    private final transient Origin origin;

    MessageException(
            String verb,
            String unnamed,
            String problem,
            Origin origin,
            @Nullable Throwable cause,
            boolean configuration) {
        super("Cannot " + verb + " " + origin.describe(unnamed) + ": " + problem, cause);
        this.problem = problem;
        this.configuration = configuration;
        this.origin = origin;
    }

    /** What is wrong, without what it is wrong with. */
    String problem() {
        return problem;
    }

    /**
     * Whether the fault is not the message's own: somebody must change a setting, the class path or what is registered, and then
     * the same message will do.
     */
    public boolean isConfiguration() {
        return configuration;
    }

    /** Whether what went wrong is that something is not at hand which the application could have brought along. */
    static boolean isConfiguration(Throwable cause) {
        return cause instanceof Languages.MissingLanguageException
                || (cause instanceof RuleChain.FailedException failure && failure.isConfiguration())
                || (cause instanceof MessageException failure && failure.configuration);
    }

    @Override
    public Optional<String> topic() {
        return Optional.ofNullable(origin().topic());
    }

    @Override
    public Optional<RecordPart> part() {
        return Optional.ofNullable(origin().part());
    }

    @Override
    public Optional<SchemaId> id() {
        return Optional.ofNullable(origin().id());
    }

    @Override
    public Optional<Subject> subject() {
        return Optional.ofNullable(origin().subject());
    }

    /** An exception that has been through Java serialization keeps its message only. */
    @SuppressWarnings("ConstantValue")
    final Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
