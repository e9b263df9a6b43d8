package io.concordat.api;

/** The members of a {@link Config}, in the order in which they are printed. */
public enum ConfigField {
    ALIAS("alias"),
    ALIAS_FOR_DEKS("aliasForDeks"),
    NORMALIZE("normalize"),
    VALIDATE_FIELDS("validateFields"),
    VALIDATE_NEW_SCHEMAS("validateNewSchemas"),
    VALIDATE_RULES("validateRules"),
    COMPATIBILITY("compatibilityLevel"),
    COMPATIBILITY_POLICY("compatibilityPolicy"),
    COMPATIBILITY_GROUP("compatibilityGroup"),
    DEFAULT_METADATA("defaultMetadata"),
    OVERRIDE_METADATA("overrideMetadata"),
    DEFAULT_RULE_SET("defaultRuleSet"),
    OVERRIDE_RULE_SET("overrideRuleSet");

    private final String json;

    ConfigField(String json) {
        this.json = json;
    }

    /** The member's name in a stored record and in an answer to a question; a change calls the level {@code compatibility}. */
    public String json() {
        return json;
    }
}
