package io.concordat.serdes;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@link PlainText} whose records begin with two bytes that say which of a schema's types they are of. */
final class TypedText implements SchemaFormat, RecordCodec {
    static final TypedText LANGUAGE = new TypedText();

    private static final byte TYPE = 2;

    @Override
    public SchemaType type() {
        return SchemaType.JSON;
    }

    @Override
    public ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        return PlainText.LANGUAGE.parse(schema, references, strictness);
    }

    @Override
    public @Nullable Object schemaKey(Object value) {
        return PlainText.LANGUAGE.schemaKey(value);
    }

    @Override
    public ParsedSchema schemaOf(Object schemaKey) {
        return PlainText.LANGUAGE.schemaOf(schemaKey);
    }

    @Override
    public int typeLength(ByteBuffer record) {
        if (record.remaining() < 2 || record.get(record.position()) != TYPE) {
            throw new RecordException("there is no type");
        }
        return 2;
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        Writer plain = PlainText.LANGUAGE.writer(schema);
        return (value, out) -> {
            out.write(TYPE);
            out.write(TYPE);
            plain.write(value, out);
        };
    }

    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        Reader plain = PlainText.LANGUAGE.reader(writer, target);
        return bytes -> {
            typeLength(bytes);
            ByteBuffer rest = bytes.duplicate();
            rest.position(rest.position() + 2);
            return plain.read(rest);
        };
    }
}
