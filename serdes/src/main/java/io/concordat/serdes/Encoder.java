package io.concordat.serdes;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.ImportingSchema;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.serdes.Encoding.WriteRules;
import io.concordat.serdes.LatestVersions.Latest;
import io.concordat.serdes.SchemaChoice.WithGuid;
import io.concordat.serdes.SchemaChoice.WithId;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From values to messages. A record costs one look into a table; whatever is not in there yet is found out once.
 */
final class Encoder {
    static final String VERB = "write";
    static final String UNNAMED = "a value";

    private final Parts parts;
    private final WriteSettings settings;
    private final boolean behindId;

    private final Loads<SubjectContent, Encoding> bySubject;
    private final IdTable<Encoding> byDefaultId;
    private final ConcurrentHashMap<Context, IdTable<Encoding>> byId = new ConcurrentHashMap<>();
    private final Writing writing;
    private volatile Topics topics;

    /** The one taken last: records of a topic come in batches. */
    private @Nullable Route recent;

    Encoder(Parts parts, WriteSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.behindId = settings.placement() == IdPlacement.PREFIX;
        this.writing = new Writing(behindId);
        this.bySubject = new Loads<>(parts.limit());
        this.byDefaultId = new IdTable<>(parts.limit());
        this.topics = new Topics(0);
    }

    /** Writes a value with the schema that the settings choose. */
    byte[] encode(String topic, RecordPart part, @Nullable MessageHeaders headers, Object value) {
        Route route = recent;
        if (route == null || !route.isFor(topic, part, parts.naming().generation(), value)) {
            route = route(topic, part, value);
            recent = route;
        }
        return writing.write(route.encoding(), topic, part, headers, value);
    }

    private Route route(String topic, RecordPart part, Object value) {
        Topics known = topics();
        RecordCodec language = language(topic, part, value);
        Object schemaKey = schemaKey(language, topic, part, value);
        Route route = known.own.of(part).find(schemaKey, topic);
        if (route == null) {
            Supplier<Encoding> encoding = chosen(topic, part, language.schemaOf(schemaKey));
            route = new Route(topic, part, known.generation, value, language, schemaKey, encoding);
            known.own.of(part).put(schemaKey, topic, route);
        }
        return route.with(value, language);
    }

    byte[] encode(String topic, RecordPart part, @Nullable MessageHeaders headers, SchemaContent schema, Object value) {
        Topics known = topics();
        Supplier<Encoding> route = known.given.of(part).find(schema, topic);
        if (route == null) {
            Origin origin = Origin.of(topic, part);
            Context context = named(origin, () -> parts.naming().contextOf(topic, part));
            ParsedSchema parsed = prepared(origin, () -> parts.schemas().parse(schema, context));
            route = registered(topic, part, parsed, schema);
            known.given.of(part).put(schema, topic, route);
        }
        return writing.write(route.get(), topic, part, headers, value);
    }

    byte[] encode(String topic, RecordPart part, @Nullable MessageHeaders headers, ParsedSchema schema, Object value) {
        Topics known = topics();
        Supplier<Encoding> route = known.given.of(part).find(schema, topic);
        if (route == null) {
            route = registered(topic, part, schema, schema.content());
            known.given.of(part).put(schema, topic, route);
        }
        return writing.write(route.get(), topic, part, headers, value);
    }

    byte[] encodeAsLatest(String topic, RecordPart part, @Nullable MessageHeaders headers, Object value) {
        Topics known = topics();
        RecordCodec language = language(topic, part, value);
        Object schemaKey = schemaKey(language, topic, part, value);
        Supplier<Encoding> route = known.latest.of(part).find(schemaKey, topic);
        if (route == null) {
            route = latest(topic, part, language.schemaOf(schemaKey), Map.of());
            known.latest.of(part).put(schemaKey, topic, route);
        }
        return writing.write(route.get(), topic, part, headers, value);
    }

    byte[] encode(SchemaId id, Object value) {
        IdTable<Encoding> ids = id.context().isDefault()
                ? byDefaultId
                : byId.computeIfAbsent(id.context(), context -> new IdTable<>(parts.limit()));
        Encoding encoding = ids.find(id.id());
        if (encoding == null) {
            Origin origin = Origin.UNKNOWN.withId(id);
            WriterSchema schema = prepared(origin, () -> parts.schemas().get(id));
            encoding = encoding(id, schema.guid(), null, schema.parsed(), schema.content(), origin);
            ids.put(id.id(), encoding);
        }
        return writing.write(encoding, null, null, null, value);
    }

    private Topics topics() {
        Topics known = topics;
        int generation = parts.naming().generation();
        if (known.generation != generation) {
            known = new Topics(generation);
            topics = known;
        }
        return known;
    }

    private RecordCodec language(String topic, RecordPart part, Object value) {
        RecordCodec language = parts.languages().of(value);
        if (language == null) {
            throw new EncodeException(parts.languages().refusal(value), Origin.of(topic, part));
        }
        return language;
    }

    private Object schemaKey(RecordCodec language, String topic, RecordPart part, Object value) {
        Object schemaKey;
        try {
            schemaKey = language.schemaKey(value);
        } catch (InvalidSchemaException e) {
            throw new EncodeException(Origin.of(topic, part), e);
        }
        if (schemaKey == null) {
            throw new EncodeException(parts.languages().refusal(value), Origin.of(topic, part));
        }
        return schemaKey;
    }

    private Supplier<Encoding> chosen(String topic, RecordPart part, ParsedSchema own) {
        SchemaChoice choice = settings.choice();
        if (choice instanceof WithId fixed) {
            return withId(topic, part, own, fixed.id());
        }
        if (choice instanceof WithGuid fixed) {
            return withGuid(topic, part, own, fixed.guid());
        }
        return choice instanceof SchemaChoice.Latest latest
                ? latest(topic, part, own, latest.properties())
                : registered(topic, part, own, own.content());
    }

    private Encoding registered(String topic, RecordPart part, ParsedSchema schema, SchemaContent content) {
        Subject subject = subject(topic, part, schema);
        Origin origin = Origin.of(topic, part).withSubject(subject);
        return bySubject.get(new SubjectContent(subject, content), () -> {
            SchemaSource source = settings.source();
            ParsedSchema whole = asked(origin, () -> Imports.referredTo(schema, parts.registry(), subject, source));
            SchemaContent asked = whole.equals(schema) ? content : whole.content();
            RegisteredSchema registered = asked(origin, () -> source.ask(parts.registry(), subject, asked));
            ParsedSchema written = asKept(whole, registered.content(), source);
            return encoding(registered.schemaId(), registered.guid(), subject, written, registered.content(), origin);
        });
    }

    /**
     * The schema in the form in which the registry has it: which message a Protobuf record is of is counted there, and not in what
     * was sent.
     */
    private static ParsedSchema asKept(ParsedSchema sent, SchemaContent kept, SchemaSource source) {
        if (!(sent instanceof ImportingSchema) || sent.content().text().equals(kept.text())) {
            return sent;
        }
        ParsedSchema normalized = sent.normalized();
        return source.normalize() || normalized.content().text().equals(kept.text()) ? normalized : sent;
    }

    private Supplier<Encoding> latest(String topic, RecordPart part, ParsedSchema own, Map<String, String> properties) {
        Subject subject = subject(topic, part, own);
        Origin origin = Origin.of(topic, part).withSubject(subject);
        return new LatestVersions.Use<>(
                parts.latestVersions().of(subject, properties),
                version -> encodingAs(version, own, origin),
                failure -> Brief.located(VERB, origin, UNNAMED, failure));
    }

    private Encoding encodingAs(Latest latest, ParsedSchema own, Origin origin) {
        RegisteredSchema registered = latest.registered();
        Origin withId = origin.withId(registered.schemaId());
        if (settings.strictLatest()) {
            String version = "version " + registered.version() + ", the latest,";
            requireFit(version, latest.parsed(), own, withId);
        }
        return encoding(
                registered.schemaId(),
                registered.guid(),
                registered.subject(),
                latest.parsed(),
                registered.content(),
                withId);
    }

    private Encoding withId(String topic, RecordPart part, ParsedSchema own, int number) {
        Subject subject = subject(topic, part, own);
        SchemaId id = new SchemaId(subject.context(), number);
        Origin origin = Origin.of(topic, part).withSubject(subject).withId(id);
        WriterSchema schema = prepared(origin, () -> parts.schemas().get(id));
        if (settings.strictId()) {
            requireFit("the schema of that id", schema.parsed(), own, origin);
        }
        return encoding(id, schema.guid(), subject, schema.parsed(), schema.content(), origin);
    }

    private Encoding withGuid(String topic, RecordPart part, ParsedSchema own, UUID guid) {
        Subject subject = subject(topic, part, own);
        Origin origin = Origin.of(topic, part).withSubject(subject);
        WriterSchema schema = prepared(origin, () -> parts.schemas().get(guid, subject.context()));
        if (settings.strictId()) {
            requireFit("the schema of GUID " + guid, schema.parsed(), own, origin);
        }
        SchemaId id = behindId ? idOf(guid, origin, subject.context()) : null;
        return encoding(id, guid, subject, schema.parsed(), schema.content(), origin);
    }

    private SchemaId idOf(UUID guid, Origin origin, Context context) {
        List<SchemaId> ids = asked(origin, () -> parts.registry().ids(guid)).stream()
                .filter(id -> id.context().equals(context))
                .toList();
        if (ids.size() != 1) {
            throw EncodeException.ofConfiguration(
                    "the schema of GUID " + guid + " has "
                            + (ids.isEmpty() ? "no id" : "several ids") + " in the context '" + context
                            + "', and one must stand before the record",
                    origin);
        }
        return ids.get(0);
    }

    private static void requireFit(String what, ParsedSchema chosen, ParsedSchema own, Origin origin) {
        if (!chosen.content().type().equals(own.content().type())) {
            throw EncodeException.ofConfiguration(
                    what + " is of type " + chosen.content().type() + ", the value's own schema of type "
                            + own.content().type(),
                    origin);
        }
        if (chosen.isEquivalentTo(own)) {
            return;
        }
        List<Incompatibility> reasons =
                chosen.incompatibilitiesWith(own, Direction.BACKWARD, CompatibilityPolicy.STRICT);
        if (!reasons.isEmpty()) {
            throw EncodeException.ofConfiguration(
                    what + " does not fit the value's own schema: "
                            + Brief.of(reasons.stream()
                                    .map(Incompatibility::message)
                                    .collect(Collectors.joining("; "))),
                    origin);
        }
    }

    /** @param stored the content as the registry has it, which may carry rules that the caller's does not */
    private Encoding encoding(
            @Nullable SchemaId id,
            UUID guid,
            @Nullable Subject subject,
            ParsedSchema schema,
            SchemaContent stored,
            Origin origin) {
        return prepared(origin.withId(id), () -> {
            RecordCodec codec = parts.languages().codec(schema.content().type());
            RuleChain onRecord = parts.rules().onWriting(stored, schema);
            RuleChain onBytes = parts.rules().onWritingBytes(stored, schema);
            WriteRules rules = onRecord.isEmpty() && onBytes.isEmpty() ? null : new WriteRules(onRecord, onBytes);
            return new Encoding(id, guid, subject, codec, codec.writer(schema), rules);
        });
    }

    private Subject subject(String topic, RecordPart part, ParsedSchema schema) {
        Origin origin = Origin.of(topic, part);
        Subject subject = named(origin, () -> parts.naming().subjectOf(topic, part, schema));
        Context readersLookIn = named(origin, () -> parts.naming().contextOf(topic, part));
        if (!subject.context().equals(readersLookIn)) {
            throw EncodeException.ofConfiguration(
                    "the subject naming puts the schema into context " + subject.context()
                            + ", but says that readers look for its id in context " + readersLookIn
                            + "; let contextOf and subjectOf agree",
                    origin.withSubject(subject));
        }
        return subject;
    }

    private static <T> T prepared(Origin origin, Supplier<T> preparation) {
        try {
            return preparation.get();
        } catch (InvalidSchemaException | Languages.MissingLanguageException e) {
            throw EncodeException.ofConfiguration(Brief.message(e), origin, e);
        } catch (RegistryException e) {
            throw Brief.located(VERB, origin, UNNAMED, e);
        }
    }

    /** Names are asked of the registry, too, where it knows better. */
    private static <T> T named(Origin origin, Supplier<T> naming) {
        try {
            return asked(origin, naming);
        } catch (EncodeException | RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw EncodeException.ofConfiguration("the subject naming failed: " + Brief.of(e.toString()), origin, e);
        }
    }

    private static <T> T asked(Origin origin, Supplier<T> question) {
        try {
            return question.get();
        } catch (RegistryException e) {
            throw Brief.located(VERB, origin, UNNAMED, e);
        }
    }

    private record SubjectContent(Subject subject, SchemaContent content) {}

    /** What was found out for topics while their names held. */
    private static final class Topics {
        private final int generation;
        private final Routes<Route> own = new Routes<>();
        private final Routes<Supplier<Encoding>> given = new Routes<>();
        private final Routes<Supplier<Encoding>> latest = new Routes<>();

        private Topics(int generation) {
            this.generation = generation;
        }
    }
}
