package io.concordat.avro;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.ParseContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Avro's parser with the types it has met, in whichever version of Avro is there. For one thread. */
interface NamedTypes {
    /**
     * No types as yet.
     *
     * @param strictNames whether names have to be of ASCII letters and digits, which Avro 1.11 cannot tell
     */
    static NamedTypes none(boolean strictNames) {
        return IsOf112.ANSWER ? new Of112(strictNames) : new Of111();
    }

    /** Refuses a text with names that are not of ASCII letters and digits, as far as Avro can tell. */
    static void requireStrictNames(String text) {
        if (IsOf112.ANSWER) {
            new Of112(true).add(text);
        }
    }

    /** Takes up the types of a text that others refer to. */
    void add(String text);

    Map<String, Schema> byName();

    Schema parse(String text);

    /** Whether the parser of Avro 1.12 is there. */
    final class IsOf112 {
        private static final boolean ANSWER = answer();

        private IsOf112() {}

        private static boolean answer() {
            try {
                Class.forName("org.apache.avro.ParseContext", false, Schema.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }

    /** The parser of Avro 1.12. */
    final class Of112 implements NamedTypes {
        private final ParseContext context;
        private final Schema.Parser parser;

        private Of112(boolean strictNames) {
            context = new ParseContext(strictNames ? NameValidator.STRICT_VALIDATOR : NameValidator.UTF_VALIDATOR);
            // Avro's own check of defaults can take time exponential in the length of the text.
            parser = new Schema.Parser(context).setValidateDefaults(false);
        }

        @Override
        public void add(String text) {
            parser.parseInternal(text);
        }

        @Override
        public Map<String, Schema> byName() {
            return context.typesByName();
        }

        @Override
        public Schema parse(String text) {
            return parser.parse(text);
        }
    }

    /** The parser of Avro 1.11, which takes no type twice, not even the same. */
    final class Of111 implements NamedTypes {
        private final Map<String, Schema> types = new LinkedHashMap<>();

        @Override
        public void add(String text) {
            parse(text);
        }

        @Override
        public Map<String, Schema> byName() {
            return new LinkedHashMap<>(types);
        }

        @Override
        @SuppressWarnings("deprecation") // Avro 1.11 has no other.
        public Schema parse(String text) {
            Schema.Parser alone = new Schema.Parser().setValidateDefaults(false);
            try {
                return parse(text, alone);
            } catch (SchemaParseException e) {
                // It has types by reference, or is wrong anyway.
                return parse(
                        text, new Schema.Parser().setValidateDefaults(false).addTypes(types));
            }
        }

        private Schema parse(String text, Schema.Parser parser) {
            Schema parsed = parser.parse(text);
            parser.getTypes().forEach(types::putIfAbsent);
            return parsed;
        }
    }
}
