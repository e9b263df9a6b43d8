package io.concordat.engine.state;

import io.concordat.api.Config;
import io.concordat.api.Context;
import io.concordat.api.Mode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A state of the registry, as decisions need it: the committed one, or the tip with what is on its way to the log. */
public interface RegistryView {
    /** The versions of a subject; without any if it does not exist. */
    SubjectState subject(Subject subject);

    /** The id of a content in a context. Contents are compared, a GUID alone proves nothing. */
    OptionalInt idOf(Context context, SchemaContent content, UUID guid);

    /** The content of an id. */
    Optional<SchemaContent> content(SchemaId id);

    /** The highest id that a context has ever handed out, 0 if none. */
    int highestId(Context context);

    /** Whether a context is known; the default one always is. */
    boolean hasContext(Context context);

    /** The contexts that have a subject of that name, in order. */
    Collection<Context> contextsOf(String name);

    /** The versions that refer to one. */
    Collection<SubjectVersion> referrers(SubjectVersion target);

    /** What was set for exactly that scope. */
    Optional<Config> config(Subject scope);

    /** The mode set for exactly that scope. */
    Optional<Mode> mode(Subject scope);

    /** A number that is another one after every change of settings. */
    long settingsVersion();
}
