package io.concordat.client;

import io.concordat.api.Deleted;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import io.concordat.client.StartupReport.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Asks for everything that records of some subjects may need, so that it is remembered. For one thread. */
final class Prefetch {
    private final Registry registry;
    private final Set<SubjectVersion> fetched = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Prefetch(Registry registry) {
        this.registry = registry;
    }

    StartupReport of(Collection<Subject> subjects) {
        boolean answers = true;
        for (Subject subject : subjects) {
            if (!answers) {
                problems.add(new Problem(subject, "not fetched, for the same reason"));
                continue;
            }
            try {
                fetch(subject);
            } catch (RegistryException e) {
                problems.add(new Problem(subject, String.valueOf(e.getMessage())));
                answers = !e.isRetriable();
            }
        }
        return new StartupReport(problems);
    }

    private void fetch(Subject subject) {
        for (int number : registry.versions(subject, Deleted.EXCLUDED)) {
            fetch(subject, number);
        }
        registry.version(subject, VersionSpec.LATEST);
    }

    private void fetch(UUID guid) {
        try {
            registry.schema(guid);
        } catch (RegistryException e) {
            // A registry that knows no GUIDs has no records with GUIDs either.
            if (e.isRetriable()) {
                throw e;
            }
        }
    }

    private void fetch(Subject subject, int number) {
        if (number > 0 && !fetched.add(new SubjectVersion(subject, number))) {
            return;
        }
        RegisteredSchema version = registry.version(subject, VersionSpec.of(number));
        registry.schema(version.schemaId());
        fetch(version.guid());
        for (SchemaReference reference : version.content().references()) {
            fetch(subject.resolve(reference.subject()), reference.version());
        }
    }
}
