package io.concordat.api;

/**
 * What holds for a subject, for a context ({@link Subject#all(Context)}), or for everything that says nothing itself
 * ({@link #GLOBAL}).
 *
 * <p>Like every part of a {@link Registry}: safe for many threads, throws {@link RegistryException}.
 */
public interface RegistrySettings {
    /** The settings of the default context, which hold for every subject there that has none of its own. */
    Subject GLOBAL = Subject.all(Context.DEFAULT);

    /**
     * What was set for exactly this scope.
     *
     * @throws RegistryException {@link ErrorCode#NO_SUBJECT_COMPATIBILITY} if nothing was
     */
    Config config(Subject scope);

    /** What holds for this scope, wherever it was set. */
    Config effectiveConfig(Subject scope);

    /**
     * Changes what the update names and leaves the rest.
     *
     * @return all that is set for this scope now
     */
    Config updateConfig(Subject scope, ConfigUpdate update);

    /**
     * Removes what was set for exactly this scope.
     *
     * @return what was set
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND} if nothing was
     */
    Config deleteConfig(Subject scope);

    /**
     * The mode set for exactly this scope.
     *
     * @throws RegistryException {@link ErrorCode#NO_SUBJECT_MODE} if none was
     */
    Mode mode(Subject scope);

    /** The mode that holds for this scope, wherever it was set. */
    Mode effectiveMode(Subject scope);

    /**
     * Sets the mode of a scope.
     *
     * @param force whether to allow {@link Mode#IMPORT} although there are subjects
     */
    Mode updateMode(Subject scope, Mode mode, boolean force);

    /**
     * Removes the mode of a scope.
     *
     * @return what it was
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND} if none was set
     */
    Mode deleteMode(Subject scope);
}
