package io.concordat.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * From text to schema. Avro's parser does the work; around it stand the bounds that it lacks, for a text may come from
 * anybody.
 */
final class SchemaText {
    /** Linking types to each other takes Avro time that grows with the square of their number. */
    private static final int MAX_NAMED_TYPES = 5_000;

    /** A level of the schema is up to three in the text. */
    private static final int MAX_JSON_DEPTH = 1_000;

    private static final int MAX_MESSAGE = 1_000;

    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS) // Avro's parser allows them.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_JSON_DEPTH)
                    .build())
            .build();

    private final Strictness strictness;
    private int namedTypes;

    private SchemaText(Strictness strictness) {
        this.strictness = strictness;
    }

    static AvroSchema parse(SchemaContent schema, List<Resolved> references, Strictness strictness) {
        try {
            return new SchemaText(strictness).parse(schema, references);
        } catch (InvalidSchemaException e) {
            throw e;
        } catch (StackOverflowError e) {
            // Names that are used long before they are defined make Avro's parser call itself once for each.
            throw new InvalidSchemaException("The types of the schema refer to each other in a chain that is too long");
        } catch (RuntimeException e) {
            // Whatever Avro throws at a malformed text, from NullPointerException to ClassCastException.
            throw new InvalidSchemaException(message(e), e);
        }
    }

    private AvroSchema parse(SchemaContent schema, List<Resolved> references) {
        boolean checkedApart = strictness == Strictness.STRICT && !references.isEmpty();
        NamedTypes types = NamedTypes.none(strictness == Strictness.STRICT && !checkedApart);
        references.forEach(reference -> addTypes(reference, types));
        Map<String, Schema> typesByReference = types.byName();

        requireBoundedJson(schema.text());
        if (checkedApart) {
            // What is registered already may have looser names than a new schema.
            NamedTypes.requireStrictNames(schema.text());
        }
        Schema parsed = types.parse(schema.text());
        SchemaGraph.requireBounded(parsed);
        if (strictness == Strictness.STRICT) {
            DefaultValues.requireValid(parsed, typesByReference.keySet());
        }
        return AvroSchema.of(parsed, schema, typesByReference);
    }

    private void addTypes(Resolved reference, NamedTypes types) {
        if (!reference.schema().type().equals(SchemaType.AVRO)) {
            throw new InvalidSchemaException("The reference '" + reference.name() + "' stands for a schema of type "
                    + reference.schema().type() + ", not for an Avro schema");
        }
        try {
            requireBoundedJson(reference.schema().text());
            types.add(reference.schema().text());
        } catch (RuntimeException e) {
            throw new InvalidSchemaException(
                    "The schema under the reference '" + reference.name() + "' is invalid: " + message(e), e);
        }
    }

    private void requireBoundedJson(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            boolean type = false;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (type && token == JsonToken.VALUE_STRING && NAMED.contains(json.getText())) {
                    countNamedType();
                }
                type = token == JsonToken.FIELD_NAME && json.currentName().equals("type");
            }
        } catch (JsonProcessingException e) {
            throw new InvalidSchemaException(e.getOriginalMessage() + at(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void countNamedType() {
        namedTypes++;
        if (namedTypes > MAX_NAMED_TYPES) {
            throw new InvalidSchemaException("The schema and those it refers to define more than " + MAX_NAMED_TYPES
                    + " records, enums and fixed types");
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        if (message == null) {
            return "Not a schema: an attribute has a value of the wrong type";
        }
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
    }
}
