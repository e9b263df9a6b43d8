package io.concordat.engine;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A small schema language: a schema is a list of words, its canonical text has single blanks, its normal form is sorted. It
 * reads what was written with words it knows. The word {@code !} makes a schema invalid.
 */
final class WordsFormat implements SchemaFormat {
    static final SchemaType TYPE = new SchemaType("WORDS");

    private final SchemaType type;
    private final Consumer<SchemaContent> onParse;

    WordsFormat() {
        this(schema -> {});
    }

    WordsFormat(Consumer<SchemaContent> onParse) {
        this(TYPE, onParse);
    }

    /** The same language by another name. */
    WordsFormat(SchemaType type) {
        this(type, schema -> {});
    }

    private WordsFormat(SchemaType type, Consumer<SchemaContent> onParse) {
        this.type = type;
        this.onParse = onParse;
    }

    static SchemaContent words(String text) {
        return SchemaContent.of(TYPE, text);
    }

    @Override
    public SchemaType type() {
        return type;
    }

    @Override
    public ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        onParse.accept(schema);
        List<String> words = List.of(schema.text().trim().split("\\s+"));
        if (words.contains("!")) {
            throw new InvalidSchemaException("'!' is no word");
        }
        Set<String> known = new TreeSet<>(words);
        references
                .resolve(schema.references())
                .forEach(resolved ->
                        known.addAll(List.of(resolved.schema().text().split(" "))));
        return new Words(schema.withText(String.join(" ", words)), known);
    }

    private record Words(SchemaContent content, Set<String> words) implements ParsedSchema {
        @Override
        public ParsedSchema normalized() {
            List<SchemaReference> sorted = content.references().stream()
                    .sorted(Comparator.comparing(SchemaReference::subject))
                    .toList();
            String text = String.join(" ", new TreeSet<>(List.of(content.text().split(" "))));
            return new Words(content.withText(text).withReferences(sorted), words);
        }

        @Override
        public boolean isEquivalentTo(ParsedSchema other) {
            return other instanceof Words same && same.words.equals(words);
        }

        @Override
        public List<Incompatibility> incompatibilitiesWith(
                ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
            return ((Words) writer)
                    .words.stream()
                            .filter(word -> !words.contains(word))
                            .map(word -> new Incompatibility(
                                    "MISSING", word, "the " + direction.reader() + " schema lacks " + word))
                            .toList();
        }

        @Override
        public String text(String spelling) {
            return content.text();
        }

        @Override
        public Optional<String> recordName() {
            return Optional.empty();
        }

        @Override
        public List<String> topLevelFields() {
            return List.copyOf(words);
        }
    }
}
