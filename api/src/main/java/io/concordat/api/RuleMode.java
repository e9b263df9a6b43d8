package io.concordat.api;

/** When a rule runs. */
public enum RuleMode {
    UPGRADE,
    DOWNGRADE,
    UPDOWN,
    WRITE,
    READ,
    WRITEREAD
}
