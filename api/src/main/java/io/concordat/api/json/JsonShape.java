package io.concordat.api.json;

import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.ErrorCode;
import io.concordat.api.Metadata;
import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model as JSON sees it: maps, lists, strings, numbers and booleans, with members in the order in which the REST API
 * and the log print them, and without empty ones. {@link Json} makes text of it.
 *
 * <p>Reading is lenient where existing registries are: unknown members are passed over, a number stands for its text and
 * a text for its number. Anything else is an {@link IllegalArgumentException} that names the member.
 */
public final class JsonShape {
    private JsonShape() {}

    public static Map<String, Object> of(Metadata metadata) {
        Map<String, Object> shape = new LinkedHashMap<>();
        if (!metadata.tags().isEmpty()) {
            Map<String, Object> tags = new LinkedHashMap<>();
            metadata.tags().forEach((path, names) -> tags.put(path, List.copyOf(names)));
            shape.put("tags", tags);
        }
        putUnlessEmpty(shape, "properties", metadata.properties());
        putUnlessEmpty(shape, "sensitive", List.copyOf(metadata.sensitive()));
        return shape;
    }

    public static Map<String, Object> of(RuleSet ruleSet) {
        Map<String, Object> shape = new LinkedHashMap<>();
        putUnlessEmpty(shape, "migrationRules", rules(ruleSet.migrationRules()));
        putUnlessEmpty(shape, "domainRules", rules(ruleSet.domainRules()));
        putUnlessEmpty(shape, "encodingRules", rules(ruleSet.encodingRules()));
        putUnlessEmpty(shape, "enableAt", ruleSet.enableAt());
        return shape;
    }

    public static Map<String, Object> of(SchemaReference reference) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("name", reference.name());
        shape.put("subject", reference.subject());
        shape.put("version", reference.version());
        return shape;
    }

    public static List<Object> of(List<SchemaReference> references) {
        List<Object> shape = new ArrayList<>(references.size());
        references.forEach(reference -> shape.add(of(reference)));
        return shape;
    }

    /**
     * Settings as they stand in a record, an answer or a change.
     *
     * @param compatibilityMember the name of the level: it is another one in changes than in records and answers
     */
    public static Map<String, Object> of(Config config, String compatibilityMember) {
        Map<String, Object> shape = new LinkedHashMap<>();
        config.values()
                .forEach((field, value) -> shape.put(
                        field == ConfigField.COMPATIBILITY ? compatibilityMember : field.json(), plain(value)));
        return shape;
    }

    public static Metadata metadata(Object shape) {
        Map<?, ?> members = object("metadata", shape);
        SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
        optionalObject(members, "tags")
                .forEach((path, names) -> tags.put(String.valueOf(path), new TreeSet<>(texts("tags", names))));
        Map<String, String> properties = new TreeMap<>();
        optionalObject(members, "properties")
                .forEach((name, value) -> properties.put(String.valueOf(name), text("properties", value)));
        return new Metadata(
                tags, new TreeMap<>(properties), new TreeSet<>(texts("sensitive", orEmpty(members.get("sensitive")))));
    }

    /** A rule set as it stands in a record or an answer. */
    public static RuleSet ruleSet(Object shape) {
        Map<?, ?> members = object("ruleSet", shape);
        return new RuleSet(
                rulesOf(members, "migrationRules"),
                rulesOf(members, "domainRules"),
                rulesOf(members, "encodingRules"),
                textOrEmpty(members, "enableAt"));
    }

    /**
     * A rule set as it stands in a request, where every rule must say its name and type. They may be empty here: whether
     * they are valid is not a question of shape.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_RULE_SET} if one is missing
     */
    public static RuleSet newRuleSet(Object shape) {
        Map<?, ?> members = object("ruleSet", shape);
        for (String list : List.of("migrationRules", "domainRules", "encodingRules")) {
            for (Object rule : list(list, orEmpty(members.get(list)))) {
                requireMember(object(list, rule), "name");
                requireMember(object(list, rule), "type");
            }
        }
        return ruleSet(shape);
    }

    /**
     * A schema's references.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA} if one lacks its name or subject
     */
    public static List<SchemaReference> references(Object shape) {
        List<SchemaReference> references = new ArrayList<>();
        for (Object element : list("references", shape)) {
            if (element == null) {
                throw new RegistryException(ErrorCode.INVALID_SCHEMA, "A reference is null");
            }
            Map<?, ?> members = object("references", element);
            Object version = members.get("version");
            references.add(new SchemaReference(
                    required(members, "name"),
                    required(members, "subject"),
                    version == null ? 0 : number("version", version)));
        }
        return references;
    }

    /**
     * A change of settings: absent members stay, null ones are cleared.
     *
     * @param compatibilityMember what the level is called
     * @throws RegistryException {@link ErrorCode#INVALID_COMPATIBILITY} for an unknown level
     */
    public static ConfigUpdate configUpdate(Object shape, String compatibilityMember) {
        return configUpdate(shape, compatibilityMember, JsonShape::newRuleSet);
    }

    private static ConfigUpdate configUpdate(
            Object shape, String compatibilityMember, Function<Object, RuleSet> readRuleSet) {
        Map<?, ?> members = object("config", shape);
        Config set = Config.EMPTY;
        List<ConfigField> clear = new ArrayList<>();
        for (ConfigField field : ConfigField.values()) {
            String member = field == ConfigField.COMPATIBILITY ? compatibilityMember : field.json();
            if (!members.containsKey(member)) {
                continue;
            }
            Optional<Object> value =
                    Optional.ofNullable(members.get(member)).flatMap(v -> configValue(field, member, v, readRuleSet));
            if (value.isPresent()) {
                set = set.with(field, value.get());
            } else {
                clear.add(field);
            }
        }
        return new ConfigUpdate(set, Set.copyOf(clear));
    }

    /** Settings as they stand in a record or an answer: null members count as absent. */
    public static Config config(Object shape, String compatibilityMember) {
        return configUpdate(shape, compatibilityMember, JsonShape::ruleSet).set();
    }

    /** A text, or the text of a number or truth value. */
    public static String text(String member, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw unexpected(member, "a text", value);
    }

    /** A whole number of 32 bits, or the number in a text. */
    public static int number(String member, @Nullable Object value) {
        if (value instanceof Number number && number.longValue() == number.intValue() && !isFraction(number)) {
            return number.intValue();
        }
        if (value instanceof String text) {
            try {
                return Integer.parseInt(text.trim());
            } catch (NumberFormatException e) {
                throw unexpected(member, "a whole number", value);
            }
        }
        throw unexpected(member, "a whole number", value);
    }

    /** A truth value, or the one in a text. */
    public static boolean flag(String member, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text && text.trim().equalsIgnoreCase("true")) {
            return true;
        }
        if (value instanceof String text && text.trim().equalsIgnoreCase("false")) {
            return false;
        }
        throw unexpected(member, "true or false", value);
    }

    /** An object's members. */
    public static Map<?, ?> object(String member, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw unexpected(member, "an object", value);
    }

    /** A list's elements. */
    public static List<?> list(String member, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw unexpected(member, "a list", value);
    }

    private static Object plain(Object value) {
        if (value instanceof Metadata metadata) {
            return of(metadata);
        }
        if (value instanceof RuleSet ruleSet) {
            return of(ruleSet);
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private static Optional<Object> configValue(
            ConfigField field, String member, Object value, Function<Object, RuleSet> readRuleSet) {
        return switch (field) {
            case ALIAS, ALIAS_FOR_DEKS, COMPATIBILITY_GROUP -> Optional.of(text(member, value));
            case NORMALIZE, VALIDATE_FIELDS, VALIDATE_NEW_SCHEMAS, VALIDATE_RULES -> Optional.of(flag(member, value));
            case COMPATIBILITY ->
                Optional.of(Compatibility.find(text(member, value)).orElseThrow(JsonShape::unknownLevel));
            // Existing registries take an unknown policy for none.
            case COMPATIBILITY_POLICY ->
                CompatibilityPolicy.find(text(member, value)).map(Function.identity());
            case DEFAULT_METADATA, OVERRIDE_METADATA -> Optional.of(metadata(value));
            case DEFAULT_RULE_SET, OVERRIDE_RULE_SET -> Optional.of(readRuleSet.apply(value));
        };
    }

    private static RegistryException unknownLevel() {
        return new RegistryException(
                ErrorCode.INVALID_COMPATIBILITY,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive,"
                        + " forward_transitive, and full_transitive");
    }

    private static List<Object> rules(List<Rule> rules) {
        List<Object> shapes = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("name", rule.name());
            putUnlessEmpty(shape, "doc", rule.doc());
            shape.put("kind", rule.kind().name());
            shape.put("mode", rule.mode().name());
            putUnlessEmpty(shape, "type", rule.type());
            putUnlessEmpty(shape, "tags", List.copyOf(rule.tags()));
            putUnlessEmpty(shape, "params", rule.params());
            putUnlessEmpty(shape, "expr", rule.expr());
            putUnlessEmpty(shape, "onSuccess", rule.onSuccess());
            putUnlessEmpty(shape, "onFailure", rule.onFailure());
            shape.put("disabled", rule.disabled());
            shapes.add(shape);
        }
        return shapes;
    }

    private static List<Rule> rulesOf(Map<?, ?> ruleSet, String member) {
        List<Rule> rules = new ArrayList<>();
        for (Object element : list(member, orEmpty(ruleSet.get(member)))) {
            Map<?, ?> rule = object(member, element);
            SortedMap<String, String> params = new TreeMap<>();
            optionalObject(rule, "params")
                    .forEach((name, value) -> params.put(String.valueOf(name), text("params", value)));
            rules.add(new Rule(
                    textOrEmpty(rule, "name"),
                    textOrEmpty(rule, "doc"),
                    constant(rule, "kind", RuleKind.TRANSFORM, RuleKind.class),
                    constant(rule, "mode", RuleMode.WRITEREAD, RuleMode.class),
                    textOrEmpty(rule, "type"),
                    new TreeSet<>(texts("tags", orEmpty(rule.get("tags")))),
                    params,
                    textOrEmpty(rule, "expr"),
                    textOrEmpty(rule, "onSuccess"),
                    textOrEmpty(rule, "onFailure"),
                    rule.get("disabled") != null && flag("disabled", rule.get("disabled"))));
        }
        return rules;
    }

    private static <E extends Enum<E>> E constant(Map<?, ?> members, String member, E otherwise, Class<E> type) {
        Object value = members.get(member);
        if (value == null) {
            return otherwise;
        }
        try {
            return Enum.valueOf(type, text(member, value));
        } catch (IllegalArgumentException e) {
            throw unexpected(member, "one of " + List.of(type.getEnumConstants()), value);
        }
    }

    private static String textOrEmpty(Map<?, ?> members, String member) {
        Object value = members.get(member);
        return value == null ? "" : text(member, value);
    }

    private static void requireMember(Map<?, ?> rule, String member) {
        if (rule.get(member) == null) {
            throw new RegistryException(ErrorCode.INVALID_RULE_SET, "Missing rule " + member);
        }
    }

    private static String required(Map<?, ?> members, String member) {
        Object value = members.get(member);
        if (value == null) {
            throw new RegistryException(ErrorCode.INVALID_SCHEMA, "A reference lacks its " + member);
        }
        return text(member, value);
    }

    private static Map<?, ?> optionalObject(Map<?, ?> members, String member) {
        Object value = members.get(member);
        return value == null ? Map.of() : object(member, value);
    }

    private static List<String> texts(String member, @Nullable Object value) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(member, value)) {
            texts.add(text(member, element));
        }
        return texts;
    }

    private static Object orEmpty(@Nullable Object value) {
        return value == null ? List.of() : value;
    }

    private static boolean isFraction(Number number) {
        return number.doubleValue() != number.longValue();
    }

    private static void putUnlessEmpty(Map<String, Object> shape, String member, Object value) {
        boolean empty = value instanceof String text
                ? text.isEmpty()
                : value instanceof List<?> list ? list.isEmpty() : ((Map<?, ?>) value).isEmpty();
        if (!empty) {
            shape.put(member, value);
        }
    }

    private static IllegalArgumentException unexpected(String member, String wanted, @Nullable Object found) {
        String kind = found == null
                ? "null"
                : found instanceof Map ? "an object" : found instanceof List ? "a list" : "'" + found + "'";
        return new IllegalArgumentException("'" + member + "' must be " + wanted + ", found " + kind);
    }
}
