package io.concordat.api;

import java.util.List;
import java.util.UUID;

/**
 * A schema registry. Which one you hold decides how it is reached: over HTTP, through a cache, or in the same process.
 *
 * <p>Safe for use by many threads. Calls block until the answer is there; a write that returned is durable, and every
 * later read of the same registry sees it. Every method throws {@link RegistryException}, whose code says what was wrong;
 * a refused call has changed nothing.
 */
public interface Registry extends AutoCloseable {
    /**
     * Registers a schema under a subject, or finds that it is registered there already.
     *
     * @throws RegistryException {@link ErrorCode#INCOMPATIBLE_SCHEMA}, {@link ErrorCode#INVALID_SCHEMA},
     *     {@link ErrorCode#INVALID_SUBJECT}, {@link ErrorCode#OPERATION_NOT_PERMITTED}
     */
    RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options);

    /**
     * Finds the version under which a schema is registered.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    RegisteredSchema lookUp(Subject subject, SchemaContent schema, LookupOptions options);

    /**
     * The schema of an id, soft-deleted or not, with one of the versions that carry it.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    RegisteredSchema schema(SchemaId id);

    /**
     * The schema that a GUID names.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    SchemaContent schema(UUID guid);

    /**
     * A live version of a subject.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND}
     */
    RegisteredSchema version(Subject subject, VersionSpec version);

    /**
     * The version numbers of a subject, ascending.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND} if there is none to name
     */
    List<Integer> versions(Subject subject, Deleted deleted);

    /**
     * The subjects that begin with a prefix, sorted.
     *
     * @param prefix of the qualified name; {@code :*:} before it looks in all contexts
     */
    List<Subject> subjects(String prefix, Deleted deleted);

    /**
     * Whether a schema could follow one given version, under the level that holds for the subject. A subject without
     * versions accepts any schema.
     *
     * @throws RegistryException {@link ErrorCode#VERSION_NOT_FOUND}, {@link ErrorCode#INVALID_SCHEMA}
     */
    CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema);

    /**
     * Whether a schema could be registered now, under the level that holds for the subject.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA}
     */
    CompatibilityReport check(Subject subject, SchemaContent schema);

    /**
     * The verdict of {@link #check(Subject, SchemaContent)} with its reasons for programs, as far as the registry can tell
     * them: {@link CompatibilityReport#reasons()}.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA}
     */
    default CompatibilityReport explain(Subject subject, SchemaContent schema) {
        return check(subject, schema);
    }

    /**
     * The verdict of {@link #check(Subject, VersionSpec, SchemaContent)}, likewise.
     *
     * @throws RegistryException {@link ErrorCode#VERSION_NOT_FOUND}, {@link ErrorCode#INVALID_SCHEMA}
     */
    default CompatibilityReport explain(Subject subject, VersionSpec version, SchemaContent schema) {
        return check(subject, version, schema);
    }

    /**
     * Deletes all versions of a subject: softly first, then for good.
     *
     * @return the numbers deleted, ascending
     */
    List<Integer> deleteSubject(Subject subject, boolean permanent);

    /**
     * Deletes one version: softly first, then for good.
     *
     * @return the number deleted
     */
    int deleteVersion(Subject subject, VersionSpec version, boolean permanent);

    /** The settings of subjects, contexts and the registry. */
    RegistrySettings settings();

    /** The schema languages that this registry understands. */
    List<SchemaType> schemaTypes();

    /** The registry's own random name, the same for as long as its data lives. */
    String clusterId();

    @Override
    void close();
}
