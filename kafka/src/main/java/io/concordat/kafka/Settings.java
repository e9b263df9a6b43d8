package io.concordat.kafka;

import io.concordat.api.SchemaType;
import io.concordat.serdes.IdPlacement;
import io.concordat.serdes.IdSource;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What the keys say, for one part of the record.
 *
 * @param part the part
 * @param registering how a schema gets its id
 * @param choice which schema takes the place of the value's own
 * @param latest how latest versions are remembered
 * @param placement where messages that are written name their schema
 * @param source where messages that are read name it; null if the chosen id or GUID is that of all of them
 * @param maxSchemas how many schemas are remembered of a kind, if that is said
 * @param specific whether generated classes are used
 * @param language in which language a value is written that several know; null for the usual order
 * @param naming where schemas are kept
 * @param badRecords what becomes of records that cannot be read
 * @param outageWait how long reading a record waits for a registry that is away
 */
record Settings(
        RecordPart part,
        Registering registering,
        Choice choice,
        LatestCache latest,
        IdPlacement placement,
        @Nullable IdSource source,
        OptionalInt maxSchemas,
        boolean specific,
        @Nullable SchemaType language,
        NamingSetting naming,
        BadRecordPolicy badRecords,
        Duration outageWait) {

    /** @throws ConfigException that names every problem */
    static Settings of(Map<String, ?> configs, boolean isKey) {
        SettingsReader reader = new SettingsReader(configs, isKey);
        Choice choice = reader.choice();
        Settings settings = new Settings(
                isKey ? RecordPart.KEY : RecordPart.VALUE,
                reader.registering(),
                choice,
                reader.latest(),
                reader.placement(),
                reader.source(choice),
                reader.maxSchemas(),
                reader.flag(RegistrySerdeConfig.SPECIFIC_AVRO_READER, false),
                reader.language(),
                reader.naming(),
                reader.badRecords(),
                reader.outageWait());
        reader.failOnProblems();
        return settings;
    }

    boolean autoRegister() {
        return registering.auto();
    }

    /** Tells a serializer what concerns both directions. */
    MessageSerializer.Builder applyTo(MessageSerializer.Builder builder) {
        builder.latestTimeToLive(latest.timeToLive());
        latest.size().ifPresent(builder::latestSize);
        maxSchemas.ifPresent(builder::maxSchemas);
        if (language != null) {
            builder.preferredLanguage(language);
        }
        return builder;
    }

    /** Tells a serializer how to write. */
    MessageSerializer.Builder writing(MessageSerializer.Builder builder) {
        builder.autoRegister(registering.auto())
                .normalize(registering.normalize())
                .propagateTags(registering.propagateTags())
                .registeredSpelling(registering.format())
                .strictId(choice.strictId())
                .strictLatest(choice.strictLatest())
                .idPlacement(placement);
        return registering.auto() ? builder : choice.writing(builder);
    }

    /** Tells a serializer how to read. */
    MessageSerializer.Builder reading(MessageSerializer.Builder builder) {
        if (source != null) {
            builder.idSource(source);
        } else if (choice.id() != null) {
            builder.readWith(choice.id());
        } else if (choice.guid() != null) {
            builder.readWith(choice.guid());
        }
        return choice.latest() == null ? builder : builder.useLatestWith(choice.latest());
    }

    /**
     * How a schema gets its id.
     *
     * @param auto whether unknown schemas are registered
     * @param normalize whether schemas are brought into normal form
     * @param propagateTags whether a new version takes over the tags of the one before
     * @param format the spelling in which the registry answers; empty for the stored one
     */
    record Registering(boolean auto, boolean normalize, boolean propagateTags, String format) {}

    /**
     * Which schema takes the place of the value's own.
     *
     * @param id the one of that id; null if none is said
     * @param guid the one of that GUID; null if none is said
     * @param latest the latest with these properties in its metadata, or of all if there are none; null if neither is meant
     * @param strictId whether the first two must fit the value's own schema
     * @param strictLatest whether the latest must
     */
    record Choice(
            @Nullable Integer id,
            @Nullable UUID guid,
            @Nullable Map<String, String> latest,
            boolean strictId,
            boolean strictLatest) {
        /** Whether one schema is named, whatever is registered. */
        boolean isFixed() {
            return id != null || guid != null;
        }

        private MessageSerializer.Builder writing(MessageSerializer.Builder builder) {
            if (id != null) {
                return builder.writeWith(id);
            }
            if (guid != null) {
                return builder.writeWith(guid);
            }
            return latest == null ? builder : builder.useLatestWith(latest);
        }
    }

    /**
     * How latest versions are remembered.
     *
     * @param timeToLive after what time one is asked for again
     * @param size of how many subjects, if that is said
     */
    record LatestCache(Duration timeToLive, OptionalInt size) {}
}
