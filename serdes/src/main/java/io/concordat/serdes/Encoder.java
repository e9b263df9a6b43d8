package io.concordat.serdes;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.serdes.LatestVersions.Latest;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From values to messages. A record costs one look into a table; whatever is not in there yet is found out once.
 */
final class Encoder {
    private final Registry registry;
    private final Languages languages;
    private final WriterSchemas schemas;
    private final LatestVersions latestVersions;
    private final SubjectNaming naming;
    private final SchemaSource source;

    private final Loads<SubjectContent, Encoding> bySubject = new Loads<>();
    private final IdTable<Encoding> byDefaultId = new IdTable<>();
    private final ConcurrentHashMap<Context, IdTable<Encoding>> byId = new ConcurrentHashMap<>();
    private final Routes<Encoding> routes = new Routes<>();
    private final Routes<LatestVersions.Use<Encoding>> latestRoutes = new Routes<>();
    private final Buffers buffers = new Buffers();

    Encoder(
            Registry registry,
            Languages languages,
            WriterSchemas schemas,
            LatestVersions latestVersions,
            SubjectNaming naming,
            SchemaSource source) {
        this.registry = registry;
        this.languages = languages;
        this.schemas = schemas;
        this.latestVersions = latestVersions;
        this.naming = naming;
        this.source = source;
    }

    byte[] encode(String topic, RecordPart part, Object value) {
        Object schemaKey = schemaKey(topic, part, value);
        Encoding encoding = routes.of(part).find(schemaKey, topic);
        if (encoding == null) {
            ParsedSchema schema = languages.schemaOf(value, schemaKey);
            encoding = registered(topic, part, schema, schema.content());
            routes.of(part).put(schemaKey, topic, encoding);
        }
        return write(encoding, topic, part, value);
    }

    byte[] encode(String topic, RecordPart part, SchemaContent schema, Object value) {
        Encoding encoding = routes.of(part).find(schema, topic);
        if (encoding == null) {
            Context context = naming.contextOf(topic, part);
            ParsedSchema parsed = prepared(Origin.of(topic, part), () -> schemas.parse(schema, context));
            encoding = registered(topic, part, parsed, schema);
            routes.of(part).put(schema, topic, encoding);
        }
        return write(encoding, topic, part, value);
    }

    byte[] encode(String topic, RecordPart part, ParsedSchema schema, Object value) {
        Encoding encoding = routes.of(part).find(schema, topic);
        if (encoding == null) {
            encoding = registered(topic, part, schema, schema.content());
            routes.of(part).put(schema, topic, encoding);
        }
        return write(encoding, topic, part, value);
    }

    byte[] encodeAsLatest(String topic, RecordPart part, Object value) {
        Object schemaKey = schemaKey(topic, part, value);
        LatestVersions.Use<Encoding> latest = latestRoutes.of(part).find(schemaKey, topic);
        if (latest == null) {
            ParsedSchema schema = languages.schemaOf(value, schemaKey);
            Subject subject = subject(topic, part, schema);
            Origin origin = Origin.of(topic, part).withSubject(subject);
            latest = new LatestVersions.Use<>(
                    latestVersions.of(subject), version -> encodingAs(version, schema, origin));
            latestRoutes.of(part).put(schemaKey, topic, latest);
        }
        return write(latest.get(), topic, part, value);
    }

    byte[] encode(SchemaId id, Object value) {
        IdTable<Encoding> ids =
                id.context().isDefault() ? byDefaultId : byId.computeIfAbsent(id.context(), context -> new IdTable<>());
        Encoding encoding = ids.find(id.id());
        if (encoding == null) {
            encoding = encodingOf(id);
            ids.put(id.id(), encoding);
        }
        return write(encoding, null, null, value);
    }

    private Object schemaKey(String topic, RecordPart part, Object value) {
        Object schemaKey = languages.schemaKey(value);
        if (schemaKey == null) {
            throw new EncodeException(
                    "a " + value.getClass().getName() + " does not tell its schema to any language at hand ("
                            + languages.names() + "); pass the schema, or a value that carries one",
                    Origin.of(topic, part));
        }
        return schemaKey;
    }

    private Encoding registered(String topic, RecordPart part, ParsedSchema schema, SchemaContent content) {
        Subject subject = subject(topic, part, schema);
        Origin origin = Origin.of(topic, part).withSubject(subject);
        return bySubject.get(new SubjectContent(subject, content), () -> {
            RegisteredSchema registered = source.ask(registry, subject, content);
            return encoding(registered.schemaId(), subject, schema, registered.content(), origin);
        });
    }

    private Encoding encodingAs(Latest latest, ParsedSchema valueSchema, Origin origin) {
        RegisteredSchema registered = latest.registered();
        Origin withId = origin.withId(registered.schemaId());
        List<Incompatibility> reasons = incompatibilities(latest.parsed(), valueSchema, withId);
        if (!reasons.isEmpty()) {
            throw new EncodeException(
                    "version " + registered.version() + ", the latest, does not fit the value's own schema: "
                            + reasons.stream().map(Incompatibility::message).collect(Collectors.joining("; ")),
                    withId);
        }
        return encoding(registered.schemaId(), registered.subject(), latest.parsed(), registered.content(), withId);
    }

    private static List<Incompatibility> incompatibilities(ParsedSchema latest, ParsedSchema own, Origin origin) {
        if (!latest.content().type().equals(own.content().type())) {
            throw new EncodeException(
                    "the latest version is of type " + latest.content().type() + ", the value's own schema of type "
                            + own.content().type(),
                    origin);
        }
        return latest.isEquivalentTo(own)
                ? List.of()
                : latest.incompatibilitiesWith(own, Direction.BACKWARD, CompatibilityPolicy.STRICT);
    }

    private Encoding encodingOf(SchemaId id) {
        Origin origin = Origin.UNKNOWN.withId(id);
        WriterSchema schema = prepared(origin, () -> schemas.get(id));
        return encoding(id, null, schema.parsed(), schema.content(), origin);
    }

    /** @param stored the content as the registry has it, which may carry rules that the caller's does not */
    private Encoding encoding(
            SchemaId id, @Nullable Subject subject, ParsedSchema schema, SchemaContent stored, Origin origin) {
        Rules.againstWriting(stored).ifPresent(reason -> {
            throw new EncodeException(reason, origin.withId(id));
        });
        return prepared(origin.withId(id), () -> {
            RecordCodec codec = languages.codec(schema.content().type());
            return new Encoding(id, subject, codec.writer(schema));
        });
    }

    private Subject subject(String topic, RecordPart part, ParsedSchema schema) {
        Subject subject = naming.subjectOf(topic, part, schema);
        Context readersLookIn = naming.contextOf(topic, part);
        if (!subject.context().equals(readersLookIn)) {
            throw new EncodeException(
                    "the subject naming puts the schema into context " + subject.context()
                            + ", but says that readers look for its id in context " + readersLookIn
                            + "; let contextOf and subjectOf agree",
                    Origin.of(topic, part).withSubject(subject));
        }
        return subject;
    }

    private static <T> T prepared(Origin origin, Supplier<T> preparation) {
        try {
            return preparation.get();
        } catch (InvalidSchemaException | Languages.MissingLanguageException e) {
            throw new EncodeException(origin, e);
        }
    }

    private byte[] write(Encoding encoding, @Nullable String topic, @Nullable RecordPart part, Object value) {
        RecordBuffer buffer = buffers.take();
        try {
            Framing.writeId(encoding.id().id(), buffer);
            encoding.writer().write(value, buffer);
            return buffer.toByteArray();
        } catch (RecordException e) {
            throw new EncodeException(new Origin(topic, part, encoding.id(), encoding.subject()), e);
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private record SubjectContent(Subject subject, SchemaContent content) {}
}
