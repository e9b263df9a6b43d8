package io.concordat.protobuf;

import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.Label;
import io.concordat.protobuf.Tree.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps that are written out as what they stand for: a repeated message with a key and a value. */
final class MapEntries {
    private MapEntries() {}

    /** The map field that stands for repeated fields of a message, or null if the message is no entry of a map. */
    static @Nullable Field fieldOf(Message entry) {
        List<Field> parts = entry.all(Field.class);
        if (parts.size() != 2 || !entry.isMapEntry()) {
            return null;
        }
        Field key = parts.get(0);
        Field value = parts.get(1);
        return key.number() == 1 && value.number() == 2
                ? new Field(null, value.type(), key.type(), entry.name(), 1, List.of(), null)
                : null;
    }

    /**
     * The map field that a field stands for, or empty if it is none. The type of the values counts from within the entry.
     *
     * @param type what the field's type means
     */
    static Optional<Field> of(Field field, Names.Found type) {
        return field.label() == Label.REPEATED
                ? type.entry()
                        .map(entry -> new Field(
                                null,
                                entry.type(),
                                entry.mapKey(),
                                field.name(),
                                field.number(),
                                field.options(),
                                null))
                : Optional.empty();
    }

    /** The name of the message that stands for an entry of a map field. */
    static String entryName(String fieldName) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < fieldName.length(); i++) {
            char c = fieldName.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? asciiUpper(c) : c);
                upper = false;
            }
        }
        return name.append("Entry").toString();
    }

    static char asciiUpper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }
}
