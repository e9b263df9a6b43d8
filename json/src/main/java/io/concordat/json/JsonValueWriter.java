package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON. */
final class JsonValueWriter implements RecordCodec.Writer {
    private static final String WHAT = "The value cannot be written as JSON";

    private final ObjectReader trees;
    private final ObjectWriter writer;
    private final Envelopes envelopes;
    private final @Nullable Validation validation;

    /** @param validation null if values are written as they are */
    JsonValueWriter(ObjectMapper mapper, Envelopes envelopes, @Nullable Validation validation) {
        this.trees = mapper.readerFor(JsonNode.class).with(new BoundedNumbers());
        this.writer = mapper.writer();
        this.envelopes = envelopes;
        this.validation = validation;
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        Object payload = envelopes.payloadOf(value);
        try {
            if (validation == null) {
                writer.writeValue(out, payload);
            } else {
                byte[] json = writer.writeValueAsBytes(payload);
                validation.require(trees.readTree(json), json.length); // What is read, not what Java has in mind.
                out.write(json, 0, json.length);
            }
        } catch (IOException e) {
            throw JsonMapping.failure(WHAT, e);
        } catch (StackOverflowError e) {
            throw new RecordException(WHAT + ": it nests too deeply", e);
        }
    }
}
