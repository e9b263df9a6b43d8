package io.concordat.serdes;

import java.util.Locale;

/** The two parts of a Kafka record that carry a message each. */
public enum RecordPart {
    KEY,
    VALUE;

    /** As subjects and messages spell it: {@code key} or {@code value}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
