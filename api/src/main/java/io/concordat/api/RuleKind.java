package io.concordat.api;

/** What a rule does with a record: changes it, or judges it. */
public enum RuleKind {
    TRANSFORM,
    CONDITION
}
