package io.concordat.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of one scope: only what was set is there.
 *
 * <p>A typed view of a map from field to value: a {@link String}, a {@link Boolean}, a {@link Compatibility}, a
 * {@link CompatibilityPolicy}, a {@link Metadata} or a {@link RuleSet}, as the accessor of the field says.
 *
 * @param values what was set; values are of the type that the field's accessor returns
 */
public record Config(Map<ConfigField, Object> values) {
    /** Nothing is set. */
    public static final Config EMPTY = new Config(Map.of());

    public Config {
        EnumMap<ConfigField, Object> copy = new EnumMap<>(ConfigField.class);
        values.forEach((field, value) -> copy.put(field, checked(field, value)));
        values = Collections.unmodifiableMap(copy);
    }

    /** Only a compatibility level. */
    public static Config of(Compatibility level) {
        return new Config(Map.of(ConfigField.COMPATIBILITY, level));
    }

    /** This with one more member, or with another value for it. */
    public Config with(ConfigField field, Object value) {
        EnumMap<ConfigField, Object> copy = new EnumMap<>(ConfigField.class);
        copy.putAll(values);
        copy.put(field, value);
        return new Config(copy);
    }

    /** This with one member less. */
    public Config without(ConfigField field) {
        EnumMap<ConfigField, Object> copy = new EnumMap<>(ConfigField.class);
        copy.putAll(values);
        copy.remove(field);
        return new Config(copy);
    }

    /** This after a change. */
    public Config apply(ConfigUpdate update) {
        EnumMap<ConfigField, Object> copy = new EnumMap<>(ConfigField.class);
        copy.putAll(values);
        copy.keySet().removeAll(update.clear());
        copy.putAll(update.set().values());
        return new Config(copy);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Another name for a subject: requests for this one go there. */
    public Optional<String> alias() {
        return text(ConfigField.ALIAS);
    }

    /** The same for encryption keys; kept and returned only. */
    public Optional<String> aliasForDeks() {
        return text(ConfigField.ALIAS_FOR_DEKS);
    }

    /** Whether schemas are brought into their normal form when they are registered or looked up. */
    public Optional<Boolean> normalize() {
        return flag(ConfigField.NORMALIZE);
    }

    /** Whether reserved fields are checked. */
    public Optional<Boolean> validateFields() {
        return flag(ConfigField.VALIDATE_FIELDS);
    }

    /** Whether names and default values of new schemas are checked. */
    public Optional<Boolean> validateNewSchemas() {
        return flag(ConfigField.VALIDATE_NEW_SCHEMAS);
    }

    /** Kept and returned only. */
    public Optional<Boolean> validateRules() {
        return flag(ConfigField.VALIDATE_RULES);
    }

    public Optional<Compatibility> compatibility() {
        return Optional.ofNullable((Compatibility) values.get(ConfigField.COMPATIBILITY));
    }

    public Optional<CompatibilityPolicy> compatibilityPolicy() {
        return Optional.ofNullable((CompatibilityPolicy) values.get(ConfigField.COMPATIBILITY_POLICY));
    }

    /** The metadata property by whose value versions are grouped: only those of one group are compared. */
    public Optional<String> compatibilityGroup() {
        return text(ConfigField.COMPATIBILITY_GROUP);
    }

    public Optional<Metadata> defaultMetadata() {
        return Optional.ofNullable((Metadata) values.get(ConfigField.DEFAULT_METADATA));
    }

    public Optional<Metadata> overrideMetadata() {
        return Optional.ofNullable((Metadata) values.get(ConfigField.OVERRIDE_METADATA));
    }

    public Optional<RuleSet> defaultRuleSet() {
        return Optional.ofNullable((RuleSet) values.get(ConfigField.DEFAULT_RULE_SET));
    }

    public Optional<RuleSet> overrideRuleSet() {
        return Optional.ofNullable((RuleSet) values.get(ConfigField.OVERRIDE_RULE_SET));
    }

    private Optional<String> text(ConfigField field) {
        return Optional.ofNullable((String) values.get(field));
    }

    private Optional<Boolean> flag(ConfigField field) {
        return Optional.ofNullable((Boolean) values.get(field));
    }

    private static Object checked(ConfigField field, Object value) {
        Objects.requireNonNull(value, field.json());
        if (!typeOf(field).isInstance(value)) {
            throw new IllegalArgumentException(
                    field.json() + " must be a " + typeOf(field).getSimpleName() + ", found "
                            + value.getClass().getSimpleName());
        }
        return value;
    }

    private static Class<?> typeOf(ConfigField field) {
        return switch (field) {
            case ALIAS, ALIAS_FOR_DEKS, COMPATIBILITY_GROUP -> String.class;
            case NORMALIZE, VALIDATE_FIELDS, VALIDATE_NEW_SCHEMAS, VALIDATE_RULES -> Boolean.class;
            case COMPATIBILITY -> Compatibility.class;
            case COMPATIBILITY_POLICY -> CompatibilityPolicy.class;
            case DEFAULT_METADATA, OVERRIDE_METADATA -> Metadata.class;
            case DEFAULT_RULE_SET, OVERRIDE_RULE_SET -> RuleSet.class;
        };
    }
}
