package io.concordat.client;

import io.concordat.api.AssociatedResource;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.json.JsonShape;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A registry somewhere else, asked over HTTP. Remembers nothing: every call is a request.
 *
 * <p>A url that ends with {@code /contexts/} and the name of a context makes that context the default one: what names no
 * context is asked there, and the registry's own default context is out of reach.
 *
 * <p>Safe for many threads; each call blocks its own thread for at most the deadline. An interrupted thread gets
 * {@link ErrorCode#UNREACHABLE} at once and stays interrupted. Errors of the registry arrive with its number and message;
 * beside them there are {@link ErrorCode#UNREACHABLE}, {@link ErrorCode#DEADLINE_EXCEEDED} and
 * {@link ErrorCode#UNREADABLE_ANSWER}, after which a write may have been carried out or not.
 */
public final class HttpRegistry implements Registry {
    /** Looks in all contexts. Registries do so unasked, and some do not know the word. */
    private static final String ALL_CONTEXTS = ":*:";

    /** How registries without associations answer the question for them. */
    private static final Set<Integer> UNKNOWN_QUESTION = Set.of(404, 405, 501);

    private final String name;
    private final Endpoint endpoint;
    private final HomeContext home;
    private final HttpSettings settings;
    private volatile boolean withoutAssociations;

    public HttpRegistry(ClientConfig config) {
        this(config, Connection.open(config));
    }

    HttpRegistry(ClientConfig config, Connection connection) {
        this(
                config.urls().stream().map(URI::toString).collect(Collectors.joining(", ")),
                config.home(),
                new Endpoint(connection.patient(), config.deadline(), connection.metrics()));
    }

    private HttpRegistry(String name, HomeContext home, Endpoint endpoint) {
        this.name = name;
        this.home = home;
        this.endpoint = endpoint;
        this.settings = new HttpSettings(endpoint, home);
    }

    /** The same registry over the same connection, for those who know an answer already and would rather not wait. */
    static HttpRegistry impatient(ClientConfig config, Connection connection) {
        return new HttpRegistry(
                "impatient",
                config.home(),
                new Endpoint(connection.impatient(), connection.shortDeadline(), connection.metrics()));
    }

    @Override
    public RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options) {
        RequestPath path =
                versions(subject).flag("normalize", options.normalize()).flag("force", options.force());
        if (!options.spelling().isEmpty()) {
            path.parameter("format", options.spelling());
        }
        return endpoint.ask(
                Call.post(path, SchemaShape.of(schema, options)),
                json -> SchemaShape.registration(subject, schema, json));
    }

    @Override
    public RegisteredSchema lookUp(Subject subject, SchemaContent schema, LookupOptions options) {
        RequestPath path = RequestPath.of("/subjects")
                .subject(home.asked(subject))
                .flag("normalize", options.normalize())
                .flag("deleted", options.deleted());
        return endpoint.ask(Call.post(path, SchemaShape.of(schema)), json -> version(subject, json));
    }

    @Override
    public RegisteredSchema schema(SchemaId id) {
        SchemaId asked = home.asked(id);
        RequestPath path = RequestPath.of("/schemas/ids").segment(Integer.toString(id.id()));
        Subject wholeContext = Subject.all(asked.context());
        if (!asked.context().isDefault()) {
            path.parameter("subject", wholeContext.qualified());
        }
        RegisteredSchema found = endpoint.ask(Call.get(path), json -> SchemaShape.byId(wholeContext, id.id(), json));
        if (!found.schemaId().equals(asked)) {
            throw new RegistryException(
                    ErrorCode.SCHEMA_NOT_FOUND,
                    "Schema " + id.id() + " not found in context '" + asked.context()
                            + "': the registry only has one of that id in subject '" + found.subject() + "'");
        }
        return home.told(found, id.context());
    }

    @Override
    public SchemaContent schema(UUID guid) {
        return endpoint.ask(Call.get(RequestPath.of("/schemas/guids").segment(guid.toString())), SchemaShape::content);
    }

    @Override
    public List<SchemaId> ids(UUID guid) {
        RequestPath path =
                RequestPath.of("/schemas/guids").segment(guid.toString()).segment("ids");
        return endpoint.ask(
                Call.get(path),
                json -> JsonShape.list("answer", json).stream()
                        .map(SchemaShape::id)
                        .flatMap(home::told)
                        .sorted()
                        .toList());
    }

    @Override
    public RegisteredSchema version(Subject subject, VersionSpec version, Deleted deleted) {
        RequestPath path = withDeleted(versions(subject).segment(version.toString()), deleted);
        return endpoint.ask(Call.get(path), json -> version(subject, json));
    }

    @Override
    public RegisteredSchema newestWith(Map<String, String> properties, Subject subject) {
        RequestPath path =
                RequestPath.of("/subjects").subject(home.asked(subject)).segment("metadata");
        properties.forEach((name, value) -> path.parameter("key", name).parameter("value", value));
        return endpoint.ask(Call.get(path), json -> version(subject, json));
    }

    /** A registry that does not know the question is not asked again. */
    @Override
    public List<Subject> associated(String cluster, String topic, String part) {
        if (withoutAssociations) {
            return List.of();
        }
        RequestPath path = RequestPath.of("/associations/resources")
                .segment(cluster)
                .segment(topic)
                .parameter("resourceType", AssociatedResource.TOPIC)
                .parameter("associationType", part);
        try {
            return endpoint.ask(
                    Call.get(path),
                    json -> JsonShape.list("answer", json).stream()
                            .map(SchemaShape::subjectOf)
                            .map(subject -> home.told(subject, Context.DEFAULT))
                            .distinct()
                            .sorted()
                            .toList());
        } catch (RegistryException e) {
            if (!UNKNOWN_QUESTION.contains(e.number()) && e.number() / 100 != 404) {
                throw e;
            }
            if (UNKNOWN_QUESTION.contains(e.number())) {
                withoutAssociations = true;
            }
            return List.of();
        }
    }

    @Override
    public List<Integer> versions(Subject subject, Deleted deleted) {
        return endpoint.ask(Call.get(withDeleted(versions(subject), deleted)), HttpRegistry::numbers);
    }

    @Override
    public List<Subject> subjects(String prefix, Deleted deleted) {
        RequestPath path = RequestPath.of("/subjects");
        if (!prefix.equals(ALL_CONTEXTS) || !home.context().isDefault()) {
            path.parameter("subjectPrefix", prefix);
        }
        Context asked = prefix.startsWith(":.") ? Subject.of(prefix).context() : Context.DEFAULT;
        return endpoint.ask(
                Call.get(withDeleted(path, deleted)),
                json -> texts(json)
                        .map(Subject::of)
                        .filter(home::isInReach)
                        .map(subject -> home.told(subject, asked))
                        .sorted(Comparator.comparing(Subject::qualified))
                        .toList());
    }

    @Override
    public CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema) {
        return check(schema, () -> compatibility(subject).segment(version.toString()));
    }

    @Override
    public CompatibilityReport check(Subject subject, SchemaContent schema) {
        return check(schema, () -> compatibility(subject));
    }

    @Override
    public CompatibilityReport explain(Subject subject, VersionSpec version, SchemaContent schema) {
        return check(
                schema, () -> compatibility(subject).segment(version.toString()).flag("explain", true));
    }

    @Override
    public CompatibilityReport explain(Subject subject, SchemaContent schema) {
        return check(schema, () -> compatibility(subject).flag("explain", true));
    }

    /** Asks for the reasons only if there are any: asked for reasons, registries take an invalid schema for incompatible. */
    private CompatibilityReport check(SchemaContent schema, Supplier<RequestPath> path) {
        Map<String, Object> body = SchemaShape.of(schema);
        CompatibilityReport verdict = endpoint.ask(Call.post(path.get(), body), Verdict::of);
        return verdict.compatible() || !verdict.messages().isEmpty()
                ? verdict
                : endpoint.ask(Call.post(path.get().flag("verbose", true), body), Verdict::of);
    }

    @Override
    public List<Integer> deleteSubject(Subject subject, boolean permanent) {
        RequestPath path =
                RequestPath.of("/subjects").subject(home.asked(subject)).flag("permanent", permanent);
        return endpoint.ask(Call.delete(path), HttpRegistry::numbers);
    }

    @Override
    public int deleteVersion(Subject subject, VersionSpec version, boolean permanent) {
        RequestPath path = versions(subject).segment(version.toString()).flag("permanent", permanent);
        return endpoint.ask(Call.delete(path), json -> JsonShape.number("answer", json));
    }

    @Override
    public RegistrySettings settings() {
        return settings;
    }

    @Override
    public List<SchemaType> schemaTypes() {
        return endpoint.ask(
                Call.get(RequestPath.of("/schemas/types")),
                json -> texts(json).map(SchemaType::new).toList());
    }

    @Override
    public String clusterId() {
        return endpoint.ask(Call.get(RequestPath.of("/v1/metadata/id")), json -> {
            Map<?, ?> scope =
                    JsonShape.object("scope", JsonShape.object("answer", json).get("scope"));
            Map<?, ?> clusters = JsonShape.object("clusters", scope.get("clusters"));
            return JsonShape.text("kafka-cluster", clusters.get("kafka-cluster"));
        });
    }

    /** Lets go of the connections. Calls under way are not cut off; later ones are an {@link IllegalStateException}. */
    @Override
    public void close() {
        endpoint.close();
    }

    @Override
    public String toString() {
        return "HttpRegistry[" + name + "]";
    }

    private RegisteredSchema version(Subject asked, Object json) {
        return home.told(SchemaShape.version(home.asked(asked), json), asked.context());
    }

    private RequestPath versions(Subject subject) {
        return RequestPath.of("/subjects").subject(home.asked(subject)).segment("versions");
    }

    private RequestPath compatibility(Subject subject) {
        return RequestPath.of("/compatibility/subjects")
                .subject(home.asked(subject))
                .segment("versions");
    }

    private static RequestPath withDeleted(RequestPath path, Deleted deleted) {
        return path.flag("deleted", deleted == Deleted.INCLUDED).flag("deletedOnly", deleted == Deleted.ONLY);
    }

    private static List<Integer> numbers(Object json) {
        return JsonShape.list("answer", json).stream()
                .map(element -> JsonShape.number("answer", element))
                .sorted()
                .toList();
    }

    private static Stream<String> texts(Object json) {
        return JsonShape.list("answer", json).stream().map(element -> JsonShape.text("answer", element));
    }
}
