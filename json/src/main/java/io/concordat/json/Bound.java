package io.concordat.json;

/** A keyword that says how much or how many at most, or at least. */
enum Bound {
    MAX_LENGTH("maxLength", true),
    MIN_LENGTH("minLength", false),
    MAXIMUM("maximum", true),
    MINIMUM("minimum", false),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", true),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", false),
    MAX_PROPERTIES("maxProperties", true),
    MIN_PROPERTIES("minProperties", false),
    MAX_ITEMS("maxItems", true),
    MIN_ITEMS("minItems", false),
    MAX_CONTAINS("maxContains", true),
    MIN_CONTAINS("minContains", false);

    private final String keyword;
    private final boolean upper;

    Bound(String keyword, boolean upper) {
        this.keyword = keyword;
        this.upper = upper;
    }

    String keyword() {
        return keyword;
    }

    /** Whether a smaller value allows less. */
    boolean isUpper() {
        return upper;
    }
}
