package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.SubjectState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the references of one schema, and remembers which subjects it has looked at. For one thread. */
final class References implements ReferenceResolver {
    private final RegistryView view;
    private final Subject parent;
    private final boolean deletedToo;
    private final Map<Subject, SubjectState> seen = new LinkedHashMap<>();

    /**
     * @param parent the subject of the schema that refers: decides the context
     * @param deletedToo whether a reference may name a soft-deleted version, as those of stored schemas may
     */
    References(RegistryView view, Subject parent, boolean deletedToo) {
        this.view = view;
        this.parent = parent;
        this.deletedToo = deletedToo;
    }

    /** The subjects that were looked at, as they were. */
    Map<Subject, SubjectState> seen() {
        return seen;
    }

    /** The same references with every "latest" made a number. */
    List<SchemaReference> concrete(List<SchemaReference> references) {
        return references.stream()
                .map(reference -> reference.version() == VersionSpec.LATEST_NUMBER
                        ? new SchemaReference(
                                reference.name(),
                                reference.subject(),
                                require(parent, reference).version())
                        : reference)
                .toList();
    }

    /** Depth first, without recursion: chains of references may be long. */
    @Override
    public List<Resolved> resolve(List<SchemaReference> references) {
        List<Resolved> resolved = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        push(open, parent, references);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (step.schema() != null) {
                resolved.add(new Resolved(step.reference().name(), step.schema()));
            } else if (names.add(step.reference().name())) {
                RegisteredSchema row = require(step.parent(), step.reference());
                open.push(new Step(step.parent(), step.reference(), row.content()));
                push(open, row.subject(), row.content().references());
            }
        }
        return resolved;
    }

    /** A reference to follow, or, once that is done, the schema it leads to. */
    private record Step(
            Subject parent,
            SchemaReference reference,
            @Nullable SchemaContent schema) {}

    private static void push(Deque<Step> open, Subject parent, List<SchemaReference> references) {
        for (int i = references.size() - 1; i >= 0; i--) {
            open.push(new Step(parent, references.get(i), null));
        }
    }

    private RegisteredSchema require(Subject from, SchemaReference reference) {
        Subject subject = from.resolve(reference.subject());
        SubjectState state = seen.computeIfAbsent(subject, view::subject);
        return (reference.version() == VersionSpec.LATEST_NUMBER ? state.latest() : state.find(reference.version()))
                .filter(row -> deletedToo || !row.deleted())
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.INVALID_SCHEMA,
                        "No schema reference found for subject \"" + reference.subject() + "\" and version "
                                + reference.version()));
    }
}
