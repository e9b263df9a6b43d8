package io.concordat.protobuf;

import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.Label;
import io.concordat.protobuf.Tree.Message;
import java.util.Optional;

/** Maps that are written out as what they stand for: a repeated message with a key and a value. */
final class MapEntries {
    private MapEntries() {}

    /**
     * The map field that a field stands for, or empty if it is none. The type of the values counts from within the entry.
     *
     * @param type what the field's type means
     */
    static Optional<Field> of(Field field, Names.Definition type) {
        if (field.label() != Label.REPEATED || !(type.type() instanceof Message entry) || !entry.isMapEntry()) {
            return Optional.empty();
        }
        Optional<Field> key = part(entry, 1);
        Optional<Field> value = part(entry, 2);
        return key.isEmpty() || value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Field(
                        null,
                        value.get().type(),
                        key.get().type(),
                        field.name(),
                        field.number(),
                        field.options(),
                        null));
    }

    private static Optional<Field> part(Message entry, int number) {
        return entry.all(Field.class).stream()
                .filter(field -> field.number() == number)
                .findFirst();
    }

    /** The name of the message that stands for an entry of a map field. */
    static String entryName(String fieldName) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (char c : fieldName.toCharArray()) {
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
