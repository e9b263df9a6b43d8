package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.net.URI;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands in for the default context: the context that the url of a registry ends with, as in
 * {@code https://host/contexts/.staging}. What is asked without a context is asked there, and answered without one.
 */
final class HomeContext {
    private static final Pattern END = Pattern.compile(".*/contexts/([^/]+)/*");

    private final Context context;

    private HomeContext(Context context) {
        this.context = context;
    }

    /**
     * The one of a url: the default context itself if its path names none.
     *
     * @throws IllegalArgumentException if what it names cannot be a context
     */
    static HomeContext of(URI url) {
        Matcher end = END.matcher(String.valueOf(url.getRawPath()));
        return new HomeContext(end.matches() ? named(decoded(end.group(1))) : Context.DEFAULT);
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    }

    /** With or without its dot, alone or as the prefix of a subject: as registries understand it. */
    private static Context named(String segment) {
        boolean isPrefix = segment.length() > 2 && segment.startsWith(":") && segment.endsWith(":");
        return Context.of(isPrefix ? segment.substring(1, segment.length() - 1) : segment);
    }

    Context context() {
        return context;
    }

    /** As the registry knows it. */
    Subject asked(Subject subject) {
        return subject.context().isDefault() ? new Subject(context, subject.name()) : subject;
    }

    /** Likewise. */
    SchemaId asked(SchemaId id) {
        return id.context().isDefault() ? new SchemaId(context, id.id()) : id;
    }

    /** Whether there is a name for it here: what this stands in for has lost its own. */
    boolean isInReach(Subject subject) {
        return context.isDefault() || !subject.context().isDefault();
    }

    /** As whoever asked for something of that context knows it. */
    Subject told(Subject subject, Context asked) {
        return asked.isDefault() && subject.context().equals(context)
                ? new Subject(Context.DEFAULT, subject.name())
                : subject;
    }

    /** Likewise. */
    RegisteredSchema told(RegisteredSchema schema, Context asked) {
        Subject subject = told(schema.subject(), asked);
        return subject.equals(schema.subject())
                ? schema
                : new RegisteredSchema(
                        subject,
                        schema.version(),
                        schema.id(),
                        schema.guid(),
                        schema.content(),
                        schema.timestamp(),
                        schema.deleted());
    }

    /** All names that an id has here: two in the home, and none in the context that it stands in for. */
    Stream<SchemaId> told(SchemaId id) {
        if (context.isDefault() || !id.context().equals(context)) {
            return Stream.of(id)
                    .filter(other -> context.isDefault() || !other.context().isDefault());
        }
        return Stream.of(SchemaId.of(id.id()), id);
    }
}
