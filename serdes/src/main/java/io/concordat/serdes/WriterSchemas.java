package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SubjectVersion;
import io.concordat.api.format.ParsedSchema;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The schemas that ids and GUIDs stand for, fetched and understood once. */
final class WriterSchemas {
    private final Registry registry;
    private final Languages languages;
    private final Loads<SchemaId, WriterSchema> byId;
    private final Loads<ContextGuid, WriterSchema> byGuid;
    private final SecondLook secondLook;

    /** @param limit how many of either kind are remembered at most */
    WriterSchemas(Registry registry, Languages languages, int limit, Clock clock) {
        this.registry = registry;
        this.languages = languages;
        this.byId = new Loads<>(limit);
        this.byGuid = new Loads<>(limit);
        this.secondLook = new SecondLook(clock, limit);
    }

    /** @throws UnknownSchemaException if the registry has no schema of that id */
    WriterSchema get(SchemaId id) {
        return byId.get(id, () -> {
            RegisteredSchema found = secondLook.ask(id, () -> registry.schema(id));
            return new WriterSchema(
                    found.content(),
                    parse(found.content(), id.context()),
                    found.guid(),
                    found.version() < 1
                            ? Optional.empty()
                            : Optional.of(new SubjectVersion(found.subject(), found.version())));
        });
    }

    /**
     * Likewise.
     *
     * @param context where the schema's references are looked up: a GUID itself is the same everywhere
     */
    WriterSchema get(UUID guid, Context context) {
        return byGuid.get(new ContextGuid(context, guid), () -> {
            SchemaContent content = secondLook.ask(guid, () -> registry.schema(guid));
            return new WriterSchema(content, parse(content, context), guid, Optional.empty());
        });
    }

    /** Understands a schema that refers to subjects of a context. */
    ParsedSchema parse(SchemaContent schema, Context context) {
        return languages.parse(schema, new RegistryReferences(registry, context));
    }

    /**
     * A schema of the registry.
     *
     * @param content as the registry has it, with its rules
     * @param parsed its meaning
     * @param home one of the versions that are this schema, as far as that is known
     */
    record WriterSchema(SchemaContent content, ParsedSchema parsed, UUID guid, Optional<SubjectVersion> home) {}

    private record ContextGuid(Context context, UUID guid) {}
}
