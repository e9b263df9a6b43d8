package io.concordat.kafka;

import java.util.List;

/** The keys that configure the registry's serializers, next to Kafka's own in the same map. */
public final class RegistrySerdeConfig {
    /** Where the registry is, such as {@code http://localhost:8081}. Required, unless a registry was handed over. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    /**
     * {@code user:password}, sent to the registry with every request. Not together with credentials in the address.
     */
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";

    /**
     * Where user and password are: {@code USER_INFO} for {@value #BASIC_AUTH_USER_INFO}, or {@code URL} for the address.
     * Default: wherever they are given.
     */
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";

    /** Whether a schema that is not registered yet is registered when it is first written. Default: true. */
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";

    /**
     * Whether the latest version of the subject is used instead of the value's own schema, for writing only if
     * {@value #AUTO_REGISTER_SCHEMAS} is false, and as the schema that is read into. Default: false.
     */
    public static final String USE_LATEST_VERSION = "use.latest.version";

    /** After how many seconds the latest version is asked for again; -1 for never. Default: 60. */
    public static final String LATEST_CACHE_TTL_SEC = "latest.cache.ttl.sec";

    /** Whether schemas are registered and looked up in their normal form. Default: false. */
    public static final String NORMALIZE_SCHEMAS = "normalize.schemas";

    /** Whether records are read into the application's generated classes. Default: false. */
    public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";

    /**
     * Under which subjects the schemas of keys are kept: {@code TopicNameStrategy}, {@code RecordNameStrategy},
     * {@code TopicRecordNameStrategy} (also with a package before it), or a {@link io.concordat.serdes.SubjectNaming} as an
     * object, a class or the name of a class. Default: {@code TopicNameStrategy}.
     */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";

    /** Under which subjects the schemas of values are kept: as {@value #KEY_SUBJECT_NAME_STRATEGY} for keys. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    /** All of them. */
    static final List<String> KEYS = List.of(
            SCHEMA_REGISTRY_URL,
            BASIC_AUTH_USER_INFO,
            BASIC_AUTH_CREDENTIALS_SOURCE,
            AUTO_REGISTER_SCHEMAS,
            USE_LATEST_VERSION,
            LATEST_CACHE_TTL_SEC,
            NORMALIZE_SCHEMAS,
            SPECIFIC_AVRO_READER,
            KEY_SUBJECT_NAME_STRATEGY,
            VALUE_SUBJECT_NAME_STRATEGY);

    private RegistrySerdeConfig() {}
}
