package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.json.NamedTypes.Alternative;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values from JSON. What stands behind the value is not looked at. */
final class JsonValueReader implements RecordCodec.Reader {
    private static final String WHAT = "The value cannot be read from JSON";

    private final ObjectReader reader;
    private final ObjectReader trees;
    private final List<Alternative> alternatives;
    private final @Nullable Validation validation;

    /**
     * @param type what values are read into
     * @param alternatives what they are read into if they fit one of these
     * @param validation null if values are taken as they are
     */
    JsonValueReader(
            ObjectMapper mapper, Class<?> type, List<Alternative> alternatives, @Nullable Validation validation) {
        this.reader = mapper.readerFor(type);
        this.trees = mapper.readerFor(JsonNode.class).with(new BoundedNumbers());
        this.alternatives = alternatives;
        this.validation = validation;
    }

    @Override
    public @Nullable Object read(ByteBuffer bytes) {
        if (!bytes.hasArray()) {
            byte[] copy = copied(bytes);
            return read(copy, 0, copy.length);
        }
        int from = bytes.arrayOffset() + bytes.position();
        return read(bytes.array(), from, from + bytes.remaining());
    }

    @Override
    public @Nullable Object read(byte[] bytes, int from, int to) {
        try {
            return parse(bytes, from, to - from);
        } catch (IOException e) {
            throw JsonMapping.failure(WHAT, e);
        } catch (StackOverflowError e) {
            throw new RecordException(WHAT + ": it nests too deeply", e);
        }
    }

    private @Nullable Object parse(byte[] bytes, int offset, int length) throws IOException {
        if (validation == null && alternatives.isEmpty()) {
            return reader.readValue(bytes, offset, length);
        }
        JsonNode tree = trees.readValue(bytes, offset, length);
        if (validation != null) {
            validation.require(tree, length);
        }
        return readerOf(tree, length).readValue(tree);
    }

    private ObjectReader readerOf(JsonNode tree, int length) {
        for (Alternative alternative : alternatives) {
            if (alternative.fits(tree, length)) {
                return reader.forType(alternative.type());
            }
        }
        return reader;
    }

    private static byte[] copied(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
