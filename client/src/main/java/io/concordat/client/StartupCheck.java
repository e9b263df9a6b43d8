package io.concordat.client;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.Deleted;
import io.concordat.api.FailureKind;
import io.concordat.api.LookupOptions;
import io.concordat.api.Mode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.client.StartupReport.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** Looks for whatever would fail later. Asks, and changes nothing. For one thread. */
final class StartupCheck {
    private final Registry registry;
    private final SchemaParser parser;
    private final List<Problem> problems = new ArrayList<>();

    StartupCheck(Registry registry) {
        this.registry = registry;
        this.parser = new SchemaParser(registry);
    }

    StartupReport of(Collection<Declaration> declarations) {
        Iterator<Declaration> rest = declarations.iterator();
        while (rest.hasNext()) {
            Declaration declaration = rest.next();
            if (!answers(declaration)) {
                // It is away, so each of the others would only wait for nothing.
                rest.forEachRemaining(other -> report(other, "not checked, for the same reason"));
            }
        }
        return new StartupReport(problems);
    }

    /** @return whether the registry answers */
    private boolean answers(Declaration declaration) {
        try {
            check(declaration);
        } catch (InvalidSchemaException e) {
            report(declaration, "the schema is invalid: " + e.getMessage());
        } catch (RegistryException e) {
            report(declaration, String.valueOf(e.getMessage()));
            return !e.isRetriable();
        }
        return true;
    }

    private void check(Declaration declaration) {
        switch (declaration.use()) {
            case READ -> checkReading(declaration);
            case WRITE -> {
                if (!isRegistered(declaration)) {
                    report(declaration, "the schema to write with is not registered; register it first");
                }
            }
            case REGISTER -> {
                if (!isRegistered(declaration)) {
                    checkRegistering(declaration);
                }
            }
        }
    }

    private boolean isRegistered(Declaration declaration) {
        try {
            registry.lookUp(declaration.subject(), declaration.schema(), LookupOptions.DEFAULT);
            return true;
        } catch (RegistryException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void checkRegistering(Declaration declaration) {
        Mode mode = registry.settings().effectiveMode(declaration.subject());
        if (mode != Mode.READWRITE) {
            report(declaration, "the schema is not registered, and cannot be: the subject is in mode " + mode);
        }
        CompatibilityReport verdict = registry.check(declaration.subject(), declaration.schema());
        if (!verdict.compatible()) {
            report(
                    declaration,
                    "the schema is not registered, and cannot be: it is incompatible ("
                            + String.join("; ", verdict.messages()) + ")");
        }
    }

    private void checkReading(Declaration declaration) {
        List<Integer> versions;
        try {
            versions = registry.versions(declaration.subject(), Deleted.EXCLUDED);
        } catch (RegistryException e) {
            if (e.kind() != FailureKind.NOT_FOUND) {
                throw e;
            }
            report(declaration, "nothing is registered there to be read; is the name right?");
            return;
        }
        Subject subject = declaration.subject();
        ParsedSchema reader = parser.parse(declaration.schema(), subject.context());
        for (int number : versions) {
            RegisteredSchema version = registry.version(subject, VersionSpec.of(number));
            checkReading(declaration, reader, version);
        }
    }

    private void checkReading(Declaration declaration, ParsedSchema reader, RegisteredSchema version) {
        if (!version.content().type().equals(declaration.schema().type())) {
            report(
                    declaration,
                    "version " + version.version() + " is of type "
                            + version.content().type()
                            + ", and the schema to read into is of type "
                            + declaration.schema().type());
            return;
        }
        ParsedSchema writer = parser.parse(version.content(), version.subject().context());
        List<Incompatibility> reasons =
                reader.incompatibilitiesWith(writer, Direction.BACKWARD, CompatibilityPolicy.STRICT);
        if (!reasons.isEmpty()) {
            report(
                    declaration,
                    "records of version " + version.version() + " cannot be read: "
                            + reasons.stream()
                                    .map(reason -> reason.message().isEmpty() ? reason.rule() : reason.message())
                                    .collect(Collectors.joining("; ")));
        }
    }

    private void report(Declaration declaration, String message) {
        problems.add(new Problem(declaration.subject(), message));
    }
}
