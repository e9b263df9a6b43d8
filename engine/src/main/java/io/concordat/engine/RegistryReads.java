package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.Metadata;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaTags;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.TaggedSchema;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.SubjectState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a registry.
 *
 * <p>Safe for many threads. Answered from memory, without a lock, at the cost of what is returned; a stream costs what is
 * taken from it, and shows what is there while it is read.
 */
public final class RegistryReads {
    private final RegistryState state;
    private final Lookup lookup;

    RegistryReads(RegistryState state, Lookup lookup) {
        this.state = state;
        this.lookup = lookup;
    }

    /**
     * The schema of an id, with a version of the preferred subject if that carries it, else with some other one.
     *
     * @param preferred names the context, and a subject in it unless its name is empty
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    public RegisteredSchema schema(Subject preferred, int id) {
        return find(preferred, id)
                .or(() -> elsewhere(preferred)
                        .flatMap(other -> find(other, id).stream())
                        .findFirst())
                .or(() -> find(Subject.all(Context.DEFAULT), id).filter(row -> !preferred.isWholeContext()))
                .orElseThrow(() -> new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "Schema " + id + " not found"));
    }

    private Optional<RegisteredSchema> find(Subject preferred, int id) {
        NavigableSet<SubjectVersion> owners = state.owners(new SchemaId(preferred.context(), id));
        return newest(preferred, owners)
                .or(() -> owners.stream().findFirst().flatMap(owner -> newest(owner.subject(), owners)));
    }

    private Optional<RegisteredSchema> newest(Subject subject, NavigableSet<SubjectVersion> owners) {
        @Nullable SubjectVersion newest = owners.floor(new SubjectVersion(subject, Integer.MAX_VALUE));
        return newest == null || !newest.subject().equals(subject)
                ? Optional.empty()
                : state.subject(subject).find(newest.version());
    }

    /** The subjects of the same name in other contexts, for which a name of the default one may stand. */
    private Stream<Subject> elsewhere(Subject subject) {
        return !subject.context().isDefault() || subject.isWholeContext()
                ? Stream.empty()
                : state.contextsOf(subject.name()).stream()
                        .filter(context -> !context.isDefault())
                        .map(context -> new Subject(context, subject.name()));
    }

    /**
     * A version with the content of that GUID: in the default context if there is one, else in the first by name.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    public RegisteredSchema row(UUID guid) {
        return state.ids(guid).stream()
                .flatMap(id -> find(Subject.all(id.context()), id.id()).stream())
                .findFirst()
                .orElseThrow(() -> new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "Schema " + guid + " not found"));
    }

    /** The ids of all contents with that GUID, by context and number. */
    public List<SchemaId> ids(UUID guid) {
        return state.ids(guid);
    }

    /**
     * The versions that carry an id: of each subject the newest.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND} if the id is unknown
     */
    public Stream<SubjectVersion> usages(SchemaId id, Deleted deleted) {
        NavigableSet<SubjectVersion> owners = state.owners(id);
        if (owners.isEmpty()) {
            throw Lookup.schemaNotFound();
        }
        return owners.stream()
                .filter(owner -> isShown(owner, deleted))
                .filter(owner -> owners.tailSet(owner, false).stream()
                        .takeWhile(newer -> newer.subject().equals(owner.subject()))
                        .noneMatch(newer -> isShown(newer, deleted)));
    }

    private boolean isShown(SubjectVersion version, Deleted deleted) {
        return row(version).filter(row -> deleted.accepts(row.deleted())).isPresent();
    }

    private Optional<RegisteredSchema> row(SubjectVersion version) {
        return state.subject(version.subject()).find(version.version());
    }

    /** The highest id that a context has ever handed out, 0 if none. */
    public int highestId(Context context) {
        return state.highestId(context);
    }

    /**
     * A version of a subject.
     *
     * @param deleted whether a soft-deleted one will do; the latest is always a live one
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND}
     */
    public RegisteredSchema version(Subject subject, VersionSpec version, Deleted deleted) {
        SubjectState versions = state.subject(home(subject, deleted));
        if (!versions.has(deleted)) {
            throw Lookup.subjectNotFound(subject);
        }
        return versions.find(version)
                .filter(row -> deleted.accepts(row.deleted()))
                .orElseThrow(() -> Deletion.versionNotFound(version));
    }

    /** A name of the default context that is not there may stand for the same name in another one. */
    private Subject home(Subject subject, Deleted deleted) {
        return state.subject(subject).has(deleted)
                ? subject
                : elsewhere(subject)
                        .filter(other -> state.subject(other).has(deleted))
                        .findFirst()
                        .orElse(subject);
    }

    /**
     * The versions of a subject in that state, ascending.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND} if there is none
     */
    public List<RegisteredSchema> versions(Subject subject, Deleted deleted) {
        List<RegisteredSchema> rows = state.subject(subject).rows(deleted);
        if (rows.isEmpty()) {
            throw Lookup.subjectNotFound(subject);
        }
        return rows;
    }

    /**
     * The newest version of a subject whose metadata has all these properties.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    public RegisteredSchema newestWith(Map<String, String> properties, Subject subject, Deleted deleted) {
        List<RegisteredSchema> rows = versions(subject, deleted);
        for (int i = rows.size() - 1; i >= 0; i--) {
            Map<String, String> found = rows.get(i)
                    .content()
                    .metadata()
                    .<Map<String, String>>map(Metadata::properties)
                    .orElse(Map.of());
            if (found.entrySet().containsAll(properties.entrySet())) {
                return rows.get(i);
            }
        }
        throw Lookup.schemaNotFound();
    }

    /**
     * The ids of the versions that refer to one, each once, by context and subject.
     *
     * @param deleted whether soft-deleted versions count
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND}
     */
    public Stream<Integer> referrers(Subject subject, VersionSpec version, Deleted deleted) {
        RegisteredSchema target = version(subject, version, Deleted.INCLUDED);
        return state.referrers(new SubjectVersion(target.subject(), target.version())).stream()
                .flatMap(referrer -> row(referrer).stream())
                .filter(row -> deleted.accepts(row.deleted()))
                .map(RegisteredSchema::id)
                .distinct();
    }

    /**
     * The subjects whose qualified names begin with a prefix, sorted.
     *
     * @param prefix without a context it means the default one; {@code :*:} before it means all
     * @param deleted a subject counts as deleted if all its versions are
     */
    public Stream<Subject> subjects(String prefix, Deleted deleted) {
        return SubjectListing.of(state, prefix)
                .filter(subject -> deleted.accepts(!state.subject(subject).has(Deleted.EXCLUDED)));
    }

    /**
     * The versions that a filter lets through, by subject and number. Of those with associations, only subjects that have
     * some are looked at.
     */
    public Stream<RegisteredSchema> schemas(SchemaFilter filter) {
        String prefix = filter.subjectPrefix();
        Stream<Subject> subjects = filter.associated().isPresent()
                ? SubjectListing.associated(state, prefix)
                : SubjectListing.of(state, prefix);
        Stream<Subject> all =
                filter.aliases() ? SubjectListing.merged(subjects, SubjectListing.aliased(state, prefix)) : subjects;
        return all.filter(subject -> isAssociated(subject, filter))
                .flatMap(subject -> filter.of(state.subject(subject)));
    }

    private boolean isAssociated(Subject subject, SchemaFilter filter) {
        return filter.associated()
                .map(wanted -> state.associations().ofSubject(subject).stream().anyMatch(wanted::accepts))
                .orElse(true);
    }

    /** The contexts whose names begin so, the default one first, then by name. */
    public Stream<Context> contexts(String prefix) {
        return state.contexts().stream().filter(context -> context.name().startsWith(prefix));
    }

    /** The subject that a name stands for by its own settings, one step far; the name itself if it stands for no other. */
    public Subject unaliased(Subject name) {
        return state.aliases().target(name).orElse(name);
    }

    /** The other names of a subject, in order. */
    public Collection<Subject> aliases(Subject subject) {
        return state.aliases().namesOf(subject);
    }

    /** A stored schema in another of its language's spellings; as it is stored if the name is empty. */
    public String text(RegisteredSchema row, String spelling) {
        return spelling.isEmpty()
                ? row.content().text()
                : lookup.stored(state, row).text(spelling);
    }

    /** The tags in a stored schema's text; none if its language cannot carry them. */
    public List<SchemaTags> tags(RegisteredSchema row) {
        return lookup.stored(state, row) instanceof TaggedSchema tagged ? tagged.tags() : List.of();
    }
}
