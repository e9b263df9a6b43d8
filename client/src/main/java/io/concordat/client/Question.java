package io.concordat.client;

import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A question about a schema whose answer is worth keeping for when the registry is away.
 *
 * @param kind what is asked
 * @param about about what, as a text that no other question of the kind has
 * @param alike another question, whose answer will do
 */
record Question(Kind kind, String about, Optional<Question> alike) {
    static Question id(SchemaId id) {
        return new Question(Kind.ID, id.id() + " " + id.context().name());
    }

    static Question guid(UUID guid) {
        return new Question(Kind.GUID, guid.toString());
    }

    static Question version(Subject subject, VersionSpec version) {
        return new Question(Kind.VERSION, version + " " + named(subject));
    }

    static Question registration(Subject subject, SchemaContent schema, RegisterOptions options) {
        // What is found registered need not be registered, and the other way round.
        Question lookup = new Question(Kind.LOOKUP, about(subject, schema, options.normalize(), false));
        // Asked for in another spelling, it is answered with another text.
        String about = about(subject, schema, options.normalize()) + ":" + options.spelling();
        return new Question(Kind.REGISTRATION, about, Optional.of(lookup));
    }

    static Question lookup(Subject subject, SchemaContent schema, LookupOptions options) {
        Question registration = new Question(Kind.REGISTRATION, about(subject, schema, options.normalize()) + ":");
        return new Question(
                Kind.LOOKUP, about(subject, schema, options.normalize(), options.deleted()), Optional.of(registration));
    }

    static Question association(String cluster, String topic, String part) {
        return new Question(Kind.ASSOCIATION, List.of(cluster, topic, part).toString());
    }

    private Question(Kind kind, String about) {
        this(kind, about, Optional.empty());
    }

    private static String about(Subject subject, SchemaContent schema, boolean... options) {
        return fingerprint(schema) + " " + Arrays.toString(options) + " " + named(subject);
    }

    /** Names of contexts hold no colon, so the two cannot be mistaken for others. */
    private static String named(Subject subject) {
        return subject.context().name() + ":" + subject.name();
    }

    private static String fingerprint(SchemaContent schema) {
        return Sha256.hex(Json.write(SchemaShape.of(schema)));
    }

    /** The name of a file for the answer. */
    String fileName() {
        return kind.name + "-" + Sha256.hex(about).substring(0, 40);
    }

    @Override
    public String toString() {
        return kind.name + " " + about;
    }

    /** What is asked. */
    enum Kind {
        ID("id"),
        GUID("guid"),
        VERSION("version"),
        REGISTRATION("registration"),
        LOOKUP("lookup"),
        ASSOCIATION("association");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }
}
