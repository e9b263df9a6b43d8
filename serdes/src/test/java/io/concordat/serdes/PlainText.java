package io.concordat.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language that is not on the class path: any text is a schema, any {@link Note} a record. */
final class PlainText implements SchemaFormat, RecordCodec {
    static final PlainText LANGUAGE = new PlainText();

    private static final String KEY = "anything";

    @Override
    public SchemaType type() {
        return SchemaType.JSON;
    }

    @Override
    public ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        references.resolve(schema.references());
        return new Plain(schema);
    }

    @Override
    public @Nullable Object schemaKey(Object value) {
        return value instanceof Note ? KEY : null;
    }

    @Override
    public ParsedSchema schemaOf(Object schemaKey) {
        return new Plain(SchemaContent.of(type(), schemaKey.toString()));
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        return PlainText::write;
    }

    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        return bytes -> new Note(UTF_8.decode(bytes).toString());
    }

    private static void write(Object value, RecordBuffer out) {
        byte[] text = ((Note) value).text().getBytes(UTF_8);
        out.write(text, 0, text.length);
    }

    /** A record of this language. */
    record Note(String text) {}

    private record Plain(SchemaContent content) implements ParsedSchema {
        @Override
        public ParsedSchema normalized() {
            return this;
        }

        @Override
        public boolean isEquivalentTo(ParsedSchema other) {
            return equals(other);
        }

        @Override
        public List<Incompatibility> incompatibilitiesWith(
                ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
            return List.of();
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
            return List.of();
        }
    }
}
