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
import io.concordat.engine.record.LogEvent.SchemaRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The committed state together with versions that have been decided and are on their way to the log. For one thread, and
 * for one batch: everything but new versions is decided alone, on the committed state itself.
 */
public final class Tip implements RegistryView {
    private final RegistryState committed;
    private final Map<Subject, SubjectState> subjects = new HashMap<>();
    private final Map<SchemaId, SchemaContent> contents = new HashMap<>();
    private final Map<UUID, List<SchemaId>> idsByGuid = new HashMap<>();
    private final Map<Context, Integer> highestIds = new HashMap<>();
    private final Map<SubjectVersion, List<SubjectVersion>> referrers = new HashMap<>();
    private final Set<Context> contexts = new HashSet<>();

    public Tip(RegistryState committed) {
        this.committed = committed;
    }

    /** Takes a decided version in. */
    public void add(SchemaRow row, UUID guid) {
        SubjectVersion version = new SubjectVersion(row.subject(), row.version());
        SchemaId id = new SchemaId(row.subject().context(), row.id());
        subjects.put(
                row.subject(),
                subject(row.subject())
                        .with(new RegisteredSchema(
                                row.subject(),
                                row.version(),
                                row.id(),
                                guid,
                                row.content(),
                                Optional.empty(),
                                row.deleted())));
        if (content(id).isEmpty()) {
            contents.put(id, row.content());
            idsByGuid.computeIfAbsent(guid, any -> new ArrayList<>()).add(id);
        }
        highestIds.merge(id.context(), row.id(), Math::max);
        contexts.add(id.context());
        for (SchemaReference reference : row.content().references()) {
            SubjectVersion target = new SubjectVersion(row.subject().resolve(reference.subject()), reference.version());
            referrers.computeIfAbsent(target, any -> new ArrayList<>()).add(version);
        }
    }

    /** Takes in that a soft-deleted version gives way to a new one of the same content. */
    public void remove(Subject subject, int version) {
        subjects.put(subject, subject(subject).without(version));
    }

    @Override
    public SubjectState subject(Subject subject) {
        SubjectState pending = subjects.get(subject);
        return pending != null ? pending : committed.subject(subject);
    }

    @Override
    public OptionalInt idOf(Context context, SchemaContent content, UUID guid) {
        OptionalInt known = committed.idOf(context, content, guid);
        if (known.isPresent()) {
            return known;
        }
        return idsByGuid.getOrDefault(guid, List.of()).stream()
                .filter(id -> id.context().equals(context) && content.equals(contents.get(id)))
                .mapToInt(SchemaId::id)
                .findFirst();
    }

    @Override
    public Optional<SchemaContent> content(SchemaId id) {
        return Optional.ofNullable(contents.get(id)).or(() -> committed.content(id));
    }

    @Override
    public int highestId(Context context) {
        return Math.max(highestIds.getOrDefault(context, 0), committed.highestId(context));
    }

    @Override
    public boolean hasContext(Context context) {
        return contexts.contains(context) || committed.hasContext(context);
    }

    @Override
    public Collection<Context> contextsOf(String name) {
        NavigableSet<Context> all = new TreeSet<>(committed.contextsOf(name));
        subjects.forEach((subject, state) -> {
            if (subject.name().equals(name) && !state.isEmpty()) {
                all.add(subject.context());
            }
        });
        return all;
    }

    @Override
    public Collection<SubjectVersion> referrers(SubjectVersion target) {
        List<SubjectVersion> all = new ArrayList<>(committed.referrers(target));
        all.addAll(referrers.getOrDefault(target, List.of()));
        return all;
    }

    @Override
    public Optional<Config> config(Subject scope) {
        return committed.config(scope);
    }

    @Override
    public Optional<Mode> mode(Subject scope) {
        return committed.mode(scope);
    }

    @Override
    public long settingsVersion() {
        return committed.settingsVersion();
    }
}
