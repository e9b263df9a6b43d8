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

    /**
     * The same, but the newest version whose metadata has these properties: {@code name=value,other=value}, where {@code '} stands
     * around what holds a comma. Default: none.
     */
    public static final String USE_LATEST_WITH_METADATA = "use.latest.with.metadata";

    /**
     * Whether the latest version must be able to read what the value's own schema writes; else the value only has to fit it.
     * Default: true.
     */
    public static final String LATEST_COMPATIBILITY_STRICT = "latest.compatibility.strict";

    /** After how many seconds the latest version is asked for again; -1 for never. Default: 60. */
    public static final String LATEST_CACHE_TTL_SEC = "latest.cache.ttl.sec";

    /** Of how many subjects the latest version is remembered. Default: 16384. */
    public static final String LATEST_CACHE_SIZE = "latest.cache.size";

    /**
     * The id of the schema that values are written with if {@value #AUTO_REGISTER_SCHEMAS} is false, and that of all messages that
     * are read by a {@code ConfigSchemaIdDeserializer}. Default: -1, none.
     */
    public static final String USE_SCHEMA_ID = "use.schema.id";

    /** The same by the schema's GUID. Default: none. */
    public static final String USE_SCHEMA_GUID = "use.schema.guid";

    /**
     * Whether the schema of {@value #USE_SCHEMA_ID} or {@value #USE_SCHEMA_GUID} must be able to read what the value's own schema
     * writes. Default: true.
     */
    public static final String ID_COMPATIBILITY_STRICT = "id.compatibility.strict";

    /** How many schemas a serializer remembers of each kind: by id, by GUID, as registered. Default: 16384. */
    public static final String MAX_SCHEMAS_PER_SUBJECT = "max.schemas.per.subject";

    /** Whether schemas are registered and looked up in their normal form. Default: false. */
    public static final String NORMALIZE_SCHEMAS = "normalize.schemas";

    /** Whether a new version takes over the tags of the one before. Default: false. */
    public static final String PROPAGATE_SCHEMA_TAGS = "propagate.schema.tags";

    /** In which of its language's spellings the registry answers with the text of what it registered. Default: as it is stored. */
    public static final String SCHEMA_FORMAT = "schema.format";

    /**
     * In which language values are written that carry no schema, such as maps, texts and objects of an application's classes:
     * {@code AVRO}, {@code JSON} or {@code PROTOBUF}. Default: Avro if it is on the class path, else JSON. Values that carry a
     * schema are of its language in any case.
     */
    public static final String SCHEMA_TYPE = "schema.type";

    /** {@value #SCHEMA_TYPE} for keys, where it differs. */
    public static final String KEY_SCHEMA_TYPE = "key.schema.type";

    /** {@value #SCHEMA_TYPE} for values, where it differs. */
    public static final String VALUE_SCHEMA_TYPE = "value.schema.type";

    /** Whether records are read into the application's generated classes. Default: false. */
    public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";

    /**
     * Under which subjects the schemas of keys are kept: {@code AssociatedNameStrategy}, which asks the registry,
     * {@code TopicNameStrategy}, {@code RecordNameStrategy}, {@code TopicRecordNameStrategy} (all of them also with a package before
     * it), or a {@link io.concordat.serdes.SubjectNaming} as an object, a class or the name of a class. Default:
     * {@code AssociatedNameStrategy}.
     */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";

    /** Under which subjects the schemas of values are kept: as {@value #KEY_SUBJECT_NAME_STRATEGY} for keys. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    /**
     * The Kafka cluster whose topics are looked for among the registry's associations. Default: the one that the client is connected
     * to, or any as long as that is not known.
     */
    public static final String SUBJECT_NAME_STRATEGY_KAFKA_CLUSTER_ID = "subject.name.strategy.kafka.cluster.id";

    /**
     * How subjects of topics without an association are named: {@code TOPIC}, {@code RECORD}, {@code TOPIC_RECORD}, or {@code NONE},
     * which fails the record. Default: {@code TOPIC}.
     */
    public static final String SUBJECT_NAME_STRATEGY_FALLBACK_TYPE = "subject.name.strategy.fallback.type";

    /** After how many seconds associations are asked for again; -1 for never. Default: -1. */
    public static final String SUBJECT_NAME_STRATEGY_CACHE_EXPIRY_SECS = "subject.name.strategy.cache.expiry.secs";

    /** Of how many topics the association is remembered. Default: 1000. */
    public static final String SUBJECT_NAME_STRATEGY_CACHE_SIZE = "subject.name.strategy.cache.size";

    /**
     * In which context the subjects of a topic are: {@code NullContextNameStrategy} (also with a package before it), or a
     * {@link io.concordat.serdes.ContextNaming} as an object, a class or the name of a class. Default:
     * {@code NullContextNameStrategy}, the default context or the one that the topic's name holds.
     */
    public static final String CONTEXT_NAME_STRATEGY = "context.name.strategy";

    /**
     * Where a key that is written names its schema: {@code PrefixSchemaIdSerializer}, its id before the record, or
     * {@code HeaderSchemaIdSerializer}, its GUID in a header (both also with a package before it). Default:
     * {@code PrefixSchemaIdSerializer}.
     */
    public static final String KEY_SCHEMA_ID_SERIALIZER = "key.schema.id.serializer";

    /** Where a value that is written names its schema: as {@value #KEY_SCHEMA_ID_SERIALIZER} for keys. */
    public static final String VALUE_SCHEMA_ID_SERIALIZER = "value.schema.id.serializer";

    /**
     * Where a key that is read names its schema: {@code DualSchemaIdDeserializer}, in a header if there is one, else before the
     * record; {@code PrefixSchemaIdDeserializer}, always before the record; or {@code ConfigSchemaIdDeserializer}, nowhere: it is that of
     * {@value #USE_SCHEMA_ID} or {@value #USE_SCHEMA_GUID} (all of them also with a package before it). Default:
     * {@code DualSchemaIdDeserializer}.
     */
    public static final String KEY_SCHEMA_ID_DESERIALIZER = "key.schema.id.deserializer";

    /** Where a value that is read names its schema: as {@value #KEY_SCHEMA_ID_DESERIALIZER} for keys. */
    public static final String VALUE_SCHEMA_ID_DESERIALIZER = "value.schema.id.deserializer";

    /**
     * Names for {@link io.concordat.serdes.RuleExecutor}s, each with its class at {@code rule.executors.<name>.class} and its settings at
     * {@code rule.executors.<name>.param.<setting>}. Where the name is that of a rule, that rule gets this executor, and
     * {@code .disabled}, {@code .onSuccess} and {@code .onFailure} behind it count instead of the rule's own. {@code _default_}
     * stands for all names and {@code _TYPE_} for all executors and rules of a type. Default: none.
     */
    public static final String RULE_EXECUTORS = "rule.executors";

    /** Names for {@link io.concordat.serdes.RuleAction}s, likewise. Default: none. */
    public static final String RULE_ACTIONS = "rule.actions";

    /** Whether rule executors and actions are looked for on the class path, too. Default: true. */
    public static final String RULE_SERVICE_LOADER_ENABLE = "rule.service.loader.enable";

    /** What this process is, for rules that are enabled in one place only. Default: {@code CLIENT}. */
    public static final String EXECUTION_ENVIRONMENT = "execution.environment";

    /** All of them. */
    static final List<String> KEYS = List.of(
            SCHEMA_REGISTRY_URL,
            BASIC_AUTH_USER_INFO,
            BASIC_AUTH_CREDENTIALS_SOURCE,
            AUTO_REGISTER_SCHEMAS,
            USE_LATEST_VERSION,
            USE_LATEST_WITH_METADATA,
            LATEST_COMPATIBILITY_STRICT,
            LATEST_CACHE_TTL_SEC,
            LATEST_CACHE_SIZE,
            USE_SCHEMA_ID,
            USE_SCHEMA_GUID,
            ID_COMPATIBILITY_STRICT,
            MAX_SCHEMAS_PER_SUBJECT,
            NORMALIZE_SCHEMAS,
            PROPAGATE_SCHEMA_TAGS,
            SCHEMA_FORMAT,
            SCHEMA_TYPE,
            KEY_SCHEMA_TYPE,
            VALUE_SCHEMA_TYPE,
            SPECIFIC_AVRO_READER,
            KEY_SUBJECT_NAME_STRATEGY,
            VALUE_SUBJECT_NAME_STRATEGY,
            SUBJECT_NAME_STRATEGY_KAFKA_CLUSTER_ID,
            SUBJECT_NAME_STRATEGY_FALLBACK_TYPE,
            SUBJECT_NAME_STRATEGY_CACHE_EXPIRY_SECS,
            SUBJECT_NAME_STRATEGY_CACHE_SIZE,
            CONTEXT_NAME_STRATEGY,
            KEY_SCHEMA_ID_SERIALIZER,
            VALUE_SCHEMA_ID_SERIALIZER,
            KEY_SCHEMA_ID_DESERIALIZER,
            VALUE_SCHEMA_ID_DESERIALIZER,
            RULE_EXECUTORS,
            RULE_ACTIONS,
            RULE_SERVICE_LOADER_ENABLE,
            EXECUTION_ENVIRONMENT);

    private RegistrySerdeConfig() {}
}
