package io.concordat.engine.record;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.api.json.MalformedJsonException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
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
import io.concordat.engine.record.LogEvent.Noop;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.record.LogEvent.SubjectDeleted;
import io.concordat.engine.record.LogEvent.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one translation between {@linkplain LogEvent events} and records: those of a {@code _schemas} topic, byte for byte.
 *
 * <p>Keys must be identical to the byte for compaction, so the order of their members is binding. Reading never fails: what
 * cannot be understood becomes an {@link Unknown} event.
 */
public final class RecordFormat {
    /** The scope under whose settings Concordat keeps its own record. */
    public static final Subject OWN_SCOPE = Subject.all(new Context(".__concordat"));

    private static final String OWN_MEMBER = "concordat";
    private static final String TENANT = "default";

    private RecordFormat() {}

    /**
     * The record that says so.
     *
     * @throws IllegalArgumentException for an {@link Unknown} event, which only its own record can say
     */
    public static NewRecord encode(LogEvent event) {
        if (event instanceof SchemaRow row) {
            return record(schemaKey(row.subject(), row.version()), schemaValue(row));
        } else if (event instanceof SchemaRemoved removed) {
            return record(schemaKey(removed.subject(), removed.version()), null);
        } else if (event instanceof SubjectDeleted deleted) {
            Map<String, Object> value = subjectMember(deleted.subject());
            value.put("version", deleted.version());
            return record(scopeKey("DELETE_SUBJECT", deleted.subject()), value);
        } else if (event instanceof DeletedCleared cleared) {
            return record(scopeKey("CLEAR_SUBJECT", cleared.scope()), subjectMember(cleared.scope()));
        } else if (event instanceof ConfigRow row) {
            Map<String, Object> value = subjectMember(row.scope());
            value.putAll(JsonShape.of(row.config(), "compatibilityLevel"));
            return record(scopeKey("CONFIG", row.scope()), value);
        } else if (event instanceof ConfigRemoved removed) {
            return record(scopeKey("CONFIG", removed.scope()), null);
        } else if (event instanceof ModeRow row) {
            Map<String, Object> value = subjectMember(row.scope());
            value.put("mode", row.mode().name());
            return record(scopeKey("MODE", row.scope()), value);
        } else if (event instanceof ModeRemoved removed) {
            return record(scopeKey("MODE", removed.scope()), null);
        } else if (event instanceof ContextRow row) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("tenant", TENANT);
            value.put("context", row.context().name());
            return record(contextKey(row.context()), value);
        } else if (event instanceof ContextRemoved removed) {
            return record(contextKey(removed.context()), null);
        } else if (event instanceof AssociationRow row) {
            return record(
                    AssociationFormat.key(AssociationKey.of(row.association())),
                    AssociationFormat.value(row.association()));
        } else if (event instanceof AssociationRemoved removed) {
            return record(AssociationFormat.key(removed.key()), null);
        } else if (event instanceof Marks marks) {
            return record(scopeKey("CONFIG", OWN_SCOPE), marksValue(marks));
        } else if (event instanceof Noop) {
            return record(scopeKey("NOOP", Subject.all(Context.DEFAULT)), null);
        }
        throw new IllegalArgumentException("No record says " + event);
    }

    /** What a record says. */
    public static LogEvent decode(LogRecord record) {
        try {
            Map<?, ?> key = JsonShape.object("key", Json.read(record.key()));
            byte[] value = record.value();
            return decode(key, value == null ? null : JsonShape.object("value", Json.read(value)));
        } catch (MalformedJsonException | RegistryException | IllegalArgumentException e) {
            return new Unknown(String.valueOf(e.getMessage()), true);
        }
    }

    private static LogEvent decode(Map<?, ?> key, @Nullable Map<?, ?> value) {
        String kind = key.get("keytype") instanceof String text ? text : "";
        return switch (kind) {
            case "SCHEMA" -> decodeSchema(key, value);
            case "CONFIG" -> decodeConfig(scope(key), value);
            case "MODE" -> value == null ? new ModeRemoved(scope(key)) : new ModeRow(scope(key), mode(value));
            // Without a value these two say nothing.
            case "DELETE_SUBJECT" ->
                value == null ? new Noop() : new SubjectDeleted(scope(key), number(value, "version"));
            case "CLEAR_SUBJECT" -> value == null ? new Noop() : new DeletedCleared(scope(key));
            case "CONTEXT" -> decodeContext(Context.of(JsonShape.text("context", key.get("context"))), value);
            case AssociationFormat.KIND -> AssociationFormat.decode(key, value);
            case "NOOP" -> new Noop();
            default -> new Unknown("The record is of the unknown kind '" + key.get("keytype") + "'", false);
        };
    }

    private static LogEvent decodeContext(Context context, @Nullable Map<?, ?> value) {
        return value == null ? new ContextRemoved(context) : new ContextRow(context);
    }

    private static LogEvent decodeSchema(Map<?, ?> key, @Nullable Map<?, ?> value) {
        Subject subject = scope(key);
        int version = number(key, "version");
        if (value == null) {
            return new SchemaRemoved(subject, version);
        }
        return new SchemaRow(
                subject,
                version,
                number(value, "id"),
                content(value),
                value.get("deleted") != null && JsonShape.flag("deleted", value.get("deleted")));
    }

    private static SchemaContent content(Map<?, ?> value) {
        List<SchemaReference> references =
                optional(value, "references", JsonShape::references).orElse(List.of());
        return new SchemaContent(
                optional(value, "schemaType", type -> new SchemaType(JsonShape.text("schemaType", type)))
                        .orElse(SchemaType.AVRO),
                optional(value, "schema", text -> JsonShape.text("schema", text))
                        .orElse(""),
                references,
                optional(value, "metadata", JsonShape::metadata),
                optional(value, "ruleSet", JsonShape::ruleSet));
    }

    private static LogEvent decodeConfig(Subject scope, @Nullable Map<?, ?> value) {
        if (value == null) {
            return new ConfigRemoved(scope);
        }
        if (scope.equals(OWN_SCOPE)) {
            return decodeMarks(value);
        }
        return new ConfigRow(scope, JsonShape.config(value, "compatibilityLevel"));
    }

    private static LogEvent decodeMarks(Map<?, ?> value) {
        Map<?, ?> own = JsonShape.object(OWN_MEMBER, value.get(OWN_MEMBER));
        Map<Context, Integer> marks = new TreeMap<>();
        JsonShape.object("marks", own.get("marks"))
                .forEach((context, id) ->
                        marks.put(new Context(String.valueOf(context)), JsonShape.number("marks", id)));
        return new Marks(JsonShape.text("clusterId", own.get("clusterId")), marks);
    }

    private static Map<String, Object> marksValue(Marks marks) {
        Map<String, Object> highest = new LinkedHashMap<>();
        new TreeMap<>(marks.marks()).forEach((context, id) -> highest.put(context.name(), id));
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("clusterId", marks.clusterId());
        own.put("marks", highest);
        Map<String, Object> value = subjectMember(OWN_SCOPE);
        value.put(OWN_MEMBER, own);
        return value;
    }

    private static Map<String, Object> schemaKey(Subject subject, int version) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("keytype", "SCHEMA");
        key.putAll(subjectMember(subject));
        key.put("version", version);
        key.put("magic", 1);
        return key;
    }

    private static Map<String, Object> schemaValue(SchemaRow row) {
        SchemaContent content = row.content();
        Map<String, Object> value = subjectMember(row.subject());
        value.put("version", row.version());
        value.put("id", row.id());
        value.put("schemaType", content.type().name());
        if (!content.references().isEmpty()) {
            value.put("references", JsonShape.of(content.references()));
        }
        content.metadata().ifPresent(metadata -> value.put("metadata", JsonShape.of(metadata)));
        content.ruleSet().ifPresent(ruleSet -> value.put("ruleSet", JsonShape.of(ruleSet)));
        if (!content.text().isEmpty()) {
            value.put("schema", content.text());
        }
        value.put("deleted", row.deleted());
        return value;
    }

    private static Map<String, Object> scopeKey(String kind, Subject scope) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("keytype", kind);
        key.putAll(subjectMember(scope));
        key.put("magic", 0);
        return key;
    }

    private static Map<String, Object> contextKey(Context context) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("keytype", "CONTEXT");
        key.put("tenant", TENANT);
        key.put("context", context.name());
        key.put("magic", 0);
        return key;
    }

    /** The subject, unless it is the default context as a whole: empty texts are not written. */
    private static Map<String, Object> subjectMember(Subject subject) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!subject.qualified().isEmpty()) {
            members.put("subject", subject.qualified());
        }
        return members;
    }

    private static Subject scope(Map<?, ?> key) {
        Object subject = key.get("subject");
        return Subject.of(subject == null ? "" : JsonShape.text("subject", subject));
    }

    private static Mode mode(Map<?, ?> value) {
        String name = JsonShape.text("mode", value.get("mode"));
        return Mode.find(name)
                .orElseThrow(() -> new RegistryException(ErrorCode.INVALID_MODE, "There is no mode '" + name + "'"));
    }

    private static int number(Map<?, ?> members, String member) {
        return JsonShape.number(member, members.get(member));
    }

    private static <T> Optional<T> optional(Map<?, ?> members, String member, Function<Object, T> read) {
        return Optional.<Object>ofNullable(members.get(member)).map(read);
    }

    private static NewRecord record(Map<String, Object> key, @Nullable Map<String, Object> value) {
        return new NewRecord(Json.write(key), value == null ? null : Json.write(value));
    }
}
