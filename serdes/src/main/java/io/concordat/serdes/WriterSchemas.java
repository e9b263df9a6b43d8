package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.format.ParsedSchema;
import java.util.UUID;

/** The schemas that ids and GUIDs stand for, fetched and understood once. */
final class WriterSchemas {
    private final Registry registry;
    private final Languages languages;
    private final Loads<SchemaId, WriterSchema> byId = new Loads<>();
    private final Loads<ContextGuid, WriterSchema> byGuid = new Loads<>();

    WriterSchemas(Registry registry, Languages languages) {
        this.registry = registry;
        this.languages = languages;
    }

    WriterSchema get(SchemaId id) {
        return byId.get(id, () -> understood(registry.schema(id).content(), id.context()));
    }

    /** @param context where the schema's references are looked up: a GUID itself is the same everywhere */
    WriterSchema get(UUID guid, Context context) {
        return byGuid.get(new ContextGuid(context, guid), () -> understood(registry.schema(guid), context));
    }

    /** Understands a schema that refers to subjects of a context. */
    ParsedSchema parse(SchemaContent schema, Context context) {
        return languages.parse(schema, new RegistryReferences(registry, context));
    }

    private WriterSchema understood(SchemaContent content, Context context) {
        return new WriterSchema(content, parse(content, context));
    }

    /**
     * A schema of the registry.
     *
     * @param content as the registry has it, with its rules
     * @param parsed its meaning
     */
    record WriterSchema(SchemaContent content, ParsedSchema parsed) {}

    private record ContextGuid(Context context, UUID guid) {}
}
