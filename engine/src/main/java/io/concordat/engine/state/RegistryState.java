package io.concordat.engine.state;

import io.concordat.api.Config;
import io.concordat.api.Context;
import io.concordat.api.Mode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.AssociationRemoved;
import io.concordat.engine.record.LogEvent.AssociationRow;
import io.concordat.engine.record.LogEvent.ConfigRemoved;
import io.concordat.engine.record.LogEvent.ConfigRow;
import io.concordat.engine.record.LogEvent.ContextRemoved;
import io.concordat.engine.record.LogEvent.ContextRow;
import io.concordat.engine.record.LogEvent.DeletedCleared;
import io.concordat.engine.record.LogEvent.Marks;
import io.concordat.engine.record.LogEvent.ModeRemoved;
import io.concordat.engine.record.LogEvent.ModeRow;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.record.LogEvent.SubjectDeleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What has been committed.
 *
 * <p>Any thread reads, without a lock; one thread at a time, the one that replays the log, changes. Within a batch a reader
 * may see some of its events before the others, but never an id without its schema or a version whose id is unknown.
 */
public final class RegistryState implements RegistryView {
    private final ConcurrentMap<Subject, SubjectState> subjects = new ConcurrentHashMap<>();

    /** The same subjects in order, for lists: finding one of them would take a comparison of names for each step. */
    private final ConcurrentSkipListSet<Subject> sortedSubjects = new ConcurrentSkipListSet<>();

    private final ConcurrentMap<SchemaId, Identity> identities = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, List<SchemaId>> idsByGuid = new ConcurrentHashMap<>();
    private final ConcurrentMap<SubjectVersion, NavigableSet<SubjectVersion>> referrers = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Context, Integer> highestIds = new ConcurrentSkipListMap<>();
    private final NavigableSet<Context> contexts = new ConcurrentSkipListSet<>();
    private final ConcurrentMap<String, NavigableSet<Context>> contextsByName = new ConcurrentHashMap<>();
    private final ConcurrentMap<Subject, Config> configs = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Subject, Mode> modes = new ConcurrentSkipListMap<>();
    private final AliasIndex aliases = new AliasIndex();
    private final AssociationIndex associations = new AssociationIndex();
    private volatile Optional<Marks> marks = Optional.empty();
    private final AtomicLong settingsVersion = new AtomicLong();
    private final AtomicLong removals = new AtomicLong();

    /** A content under its id, and the versions that carry it. */
    private record Identity(SchemaContent content, UUID guid, NavigableSet<SubjectVersion> owners) {}

    /**
     * Takes in what has been committed.
     *
     * @param timestamp when it was
     * @return what is wrong with the event, if it contradicts what is there; it has changed nothing then
     */
    public Optional<String> apply(LogEvent event, Instant timestamp) {
        if (event instanceof SchemaRow row) {
            return applyRow(row, timestamp);
        } else if (event instanceof SchemaRemoved removed) {
            removeRow(removed.subject(), removed.version());
        } else if (event instanceof SubjectDeleted deleted) {
            replaceSubject(
                    deleted.subject(),
                    subject(deleted.subject()).map(row -> row.version() <= deleted.version() ? deleted(row) : row));
        } else if (event instanceof DeletedCleared cleared) {
            clearDeleted(cleared.scope());
        } else if (event instanceof ConfigRow row) {
            configs.put(row.scope(), row.config());
            aliases.put(row.scope(), row.config().alias());
            settingsVersion.incrementAndGet();
        } else if (event instanceof ConfigRemoved removed) {
            configs.remove(removed.scope());
            aliases.put(removed.scope(), Optional.empty());
            settingsVersion.incrementAndGet();
        } else if (event instanceof ModeRow row) {
            modes.put(row.scope(), row.mode());
            settingsVersion.incrementAndGet();
        } else if (event instanceof ModeRemoved removed) {
            modes.remove(removed.scope());
            settingsVersion.incrementAndGet();
        } else if (event instanceof ContextRow row) {
            contexts.add(row.context());
        } else if (event instanceof ContextRemoved removed) {
            contexts.remove(removed.context());
        } else if (event instanceof AssociationRow row) {
            associations.put(row.association(), timestamp);
        } else if (event instanceof AssociationRemoved removed) {
            associations.remove(removed.key());
        } else if (event instanceof Marks own) {
            marks = Optional.of(own);
            own.marks().forEach(this::raiseHighestId);
        }
        return Optional.empty();
    }

    @Override
    public SubjectState subject(Subject subject) {
        return subjects.getOrDefault(subject, SubjectState.EMPTY);
    }

    /** The subjects of all contexts from one on, in order, as long as the caller reads. */
    public NavigableSet<Subject> subjectsFrom(Subject first) {
        return Collections.unmodifiableNavigableSet(sortedSubjects.tailSet(first, true));
    }

    @Override
    public OptionalInt idOf(Context context, SchemaContent content, UUID guid) {
        for (SchemaId id : ids(guid)) {
            Identity identity = identities.get(id);
            if (id.context().equals(context)
                    && identity != null
                    && identity.content().equals(content)) {
                return OptionalInt.of(id.id());
            }
        }
        return OptionalInt.empty();
    }

    /** The ids of all contents with that GUID, by context and number. */
    public List<SchemaId> ids(UUID guid) {
        return idsByGuid.getOrDefault(guid, List.of());
    }

    @Override
    public Optional<SchemaContent> content(SchemaId id) {
        return Optional.ofNullable(identities.get(id)).map(Identity::content);
    }

    /** The versions that carry an id, in order. */
    public NavigableSet<SubjectVersion> owners(SchemaId id) {
        Identity identity = identities.get(id);
        return identity == null
                ? Collections.emptyNavigableSet()
                : Collections.unmodifiableNavigableSet(identity.owners());
    }

    @Override
    public int highestId(Context context) {
        return highestIds.getOrDefault(context, 0);
    }

    /** The highest id per context that has handed out any. */
    public Map<Context, Integer> highestIds() {
        return new HashMap<>(highestIds);
    }

    /** The registry's own record, once it has been written. */
    public Optional<Marks> marks() {
        return marks;
    }

    @Override
    public boolean hasContext(Context context) {
        return context.isDefault() || contexts.contains(context);
    }

    /** All contexts, the default one first, then by name. */
    public Collection<Context> contexts() {
        List<Context> all = new ArrayList<>();
        all.add(Context.DEFAULT);
        contexts.stream().filter(context -> !context.isDefault()).forEach(all::add);
        return all;
    }

    @Override
    public Collection<Context> contextsOf(String name) {
        NavigableSet<Context> found = contextsByName.get(name);
        return found == null ? List.of() : Collections.unmodifiableCollection(found);
    }

    @Override
    public Collection<SubjectVersion> referrers(SubjectVersion target) {
        Collection<SubjectVersion> found = referrers.get(target);
        return found == null ? List.of() : Collections.unmodifiableCollection(found);
    }

    /** Which scopes stand for which subjects. */
    public AliasIndex aliases() {
        return aliases;
    }

    @Override
    public Optional<Config> config(Subject scope) {
        return Optional.ofNullable(configs.get(scope));
    }

    @Override
    public Optional<Mode> mode(Subject scope) {
        return Optional.ofNullable(modes.get(scope));
    }

    @Override
    public AssociationIndex associations() {
        return associations;
    }

    /** The scopes of a context that have a mode of their own. */
    public List<Subject> scopesWithMode(Context context) {
        return modes.tailMap(Subject.all(context)).keySet().stream()
                .takeWhile(scope -> scope.context().equals(context))
                .toList();
    }

    @Override
    public long settingsVersion() {
        return settingsVersion.get();
    }

    /** How often a version was removed or got another content: what was derived from versions before may be wrong now. */
    public long removals() {
        return removals.get();
    }

    private Optional<String> applyRow(SchemaRow row, Instant timestamp) {
        SchemaId id = new SchemaId(row.subject().context(), row.id());
        Identity identity = identities.get(id);
        if (identity != null && !sameSchema(identity.content(), row.content())) {
            return Optional.of(
                    "Id " + row.id() + " in context '" + id.context() + "' already names another schema; subject '"
                            + row.subject() + "' version " + row.version() + " is left as it was");
        }
        if (identity == null) {
            identity = new Identity(row.content(), row.content().guid(), new ConcurrentSkipListSet<>());
            identities.put(id, identity);
            addGuid(identity.guid(), id);
        }
        raiseHighestId(id.context(), row.id());
        contexts.add(id.context());
        SubjectVersion version = new SubjectVersion(row.subject(), row.version());
        Optional<RegisteredSchema> before = subject(row.subject()).find(row.version());
        identity.owners().add(version);
        linkReferences(version, row.content().references());
        // Rows of one id share one content, however often it is registered.
        boolean shared = identity.content().equals(row.content());
        SchemaContent content = shared ? identity.content() : row.content();
        UUID guid = shared ? identity.guid() : row.content().guid();
        replaceSubject(
                row.subject(),
                subject(row.subject())
                        .with(new RegisteredSchema(
                                row.subject(),
                                row.version(),
                                row.id(),
                                guid,
                                content,
                                Optional.of(timestamp),
                                row.deleted())));
        before.filter(old -> old.id() != row.id() || !old.content().equals(row.content()))
                .ifPresent(old -> replaced(old, version, row));
        return Optional.empty();
    }

    /**
     * An id names one text. What is said about it beside may be written anew, as imports do, and other registries give Avro
     * and JSON of equal text one id.
     */
    private static boolean sameSchema(SchemaContent one, SchemaContent other) {
        return one.text().equals(other.text());
    }

    private void replaced(RegisteredSchema old, SubjectVersion version, SchemaRow row) {
        removals.incrementAndGet();
        old.content().references().stream()
                .filter(reference -> !row.content().references().contains(reference))
                .forEach(reference -> unlink(version, reference));
        if (old.id() != row.id()) {
            disown(old.schemaId(), version);
        }
    }

    private void removeRow(Subject subject, int version) {
        SubjectState state = subject(subject);
        Optional<RegisteredSchema> row = state.find(version);
        if (row.isEmpty()) {
            return;
        }
        removals.incrementAndGet();
        replaceSubject(subject, state.without(version));
        SubjectVersion gone = new SubjectVersion(subject, version);
        row.get().content().references().forEach(reference -> unlink(gone, reference));
        disown(row.get().schemaId(), gone);
    }

    private void clearDeleted(Subject scope) {
        Collection<Subject> cleared = scope.isWholeContext() ? subjectsOf(scope.context()) : List.of(scope);
        for (Subject subject : cleared) {
            subject(subject).rows().stream()
                    .filter(RegisteredSchema::deleted)
                    .forEach(row -> removeRow(subject, row.version()));
        }
    }

    /** Whether a context has a subject, be it soft-deleted. */
    public boolean hasSubjects(Context context) {
        Subject first = sortedSubjects.ceiling(Subject.all(context));
        return first != null && first.context().equals(context);
    }

    /** The subjects of one context, in order. */
    public List<Subject> subjectsOf(Context context) {
        List<Subject> found = new ArrayList<>();
        for (Subject subject : sortedSubjects.tailSet(Subject.all(context), true)) {
            if (!subject.context().equals(context)) {
                break;
            }
            found.add(subject);
        }
        return found;
    }

    private void replaceSubject(Subject subject, SubjectState state) {
        if (state.isEmpty()) {
            sortedSubjects.remove(subject);
            subjects.remove(subject);
            contextsByName.computeIfPresent(subject.name(), (name, in) -> {
                in.remove(subject.context());
                return in.isEmpty() ? null : in;
            });
        } else if (subjects.put(subject, state) == null) {
            sortedSubjects.add(subject);
            contextsByName
                    .computeIfAbsent(subject.name(), name -> new ConcurrentSkipListSet<>())
                    .add(subject.context());
        }
    }

    private void disown(SchemaId id, SubjectVersion version) {
        Identity identity = identities.get(id);
        if (identity == null) {
            return;
        }
        identity.owners().remove(version);
        if (identity.owners().isEmpty()) {
            identities.remove(id);
            idsByGuid.computeIfPresent(identity.guid(), (guid, ids) -> withoutOrNull(ids, id));
        }
    }

    private static @Nullable List<SchemaId> withoutOrNull(List<SchemaId> ids, SchemaId id) {
        List<SchemaId> left = ids.stream().filter(other -> !other.equals(id)).toList();
        return left.isEmpty() ? null : left;
    }

    private void addGuid(UUID guid, SchemaId id) {
        List<SchemaId> ids = new ArrayList<>(ids(guid));
        ids.add(id);
        Collections.sort(ids);
        idsByGuid.put(guid, List.copyOf(ids));
    }

    private void linkReferences(SubjectVersion version, List<SchemaReference> references) {
        for (SchemaReference reference : references) {
            referrers
                    .computeIfAbsent(target(version, reference), target -> new ConcurrentSkipListSet<>())
                    .add(version);
        }
    }

    private void unlink(SubjectVersion version, SchemaReference reference) {
        referrers.computeIfPresent(target(version, reference), (target, from) -> {
            from.remove(version);
            return from.isEmpty() ? null : from;
        });
    }

    private static SubjectVersion target(SubjectVersion from, SchemaReference reference) {
        return new SubjectVersion(from.subject().resolve(reference.subject()), reference.version());
    }

    /** Takes an id out of use that was never handed out. Unlike other changes, on any thread. */
    public void burn(Context context, int id) {
        raiseHighestId(context, id);
    }

    private void raiseHighestId(Context context, int id) {
        highestIds.merge(context, id, Math::max);
    }

    private static RegisteredSchema deleted(RegisteredSchema row) {
        return row.deleted()
                ? row
                : new RegisteredSchema(
                        row.subject(), row.version(), row.id(), row.guid(), row.content(), row.timestamp(), true);
    }
}
