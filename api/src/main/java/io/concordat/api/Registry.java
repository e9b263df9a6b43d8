package io.concordat.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A schema registry. Which one you hold decides how it is reached: over HTTP, through a cache, or in the same process.
 *
 * <p>Safe for use by many threads. Calls block until the answer is there; a write that returned is durable, and every
 * later read of the same registry sees it. Every method throws {@link RegistryException}, whose code says what was wrong;
 * a refused call has changed nothing.
 */
public interface Registry extends AutoCloseable {
    /** Instead of a Kafka cluster, any. */
    String ANY_CLUSTER = "-";

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

    /** The ids of a GUID, by context: none if it is unknown, and more than one of a context where GUIDs collide. */
    List<SchemaId> ids(UUID guid);

    /**
     * A live version of a subject.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND}
     */
    default RegisteredSchema version(Subject subject, VersionSpec version) {
        return version(subject, version, Deleted.EXCLUDED);
    }

    /**
     * A version of a subject.
     *
     * @param deleted whether a soft-deleted one will do; the latest is always a live one
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND}
     */
    RegisteredSchema version(Subject subject, VersionSpec version, Deleted deleted);

    /**
     * The newest live version of a subject whose metadata has all these properties.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    RegisteredSchema newestWith(Map<String, String> properties, Subject subject);

    /**
     * The subjects that topics of a name are associated with: none where there is no association, or the registry does not
     * keep any; several where clusters have topics of that name, or a log of another registry says so.
     *
     * @param cluster the Kafka cluster of the topic; {@link #ANY_CLUSTER} for all of them
     * @param part what the topic uses the subject for: {@code key} or {@code value}
     */
    List<Subject> associated(String cluster, String topic, String part);

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
