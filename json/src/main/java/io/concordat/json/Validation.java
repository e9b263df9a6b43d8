package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.regex.RegularExpression;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds values against a schema. Nothing but the schema and what it refers to is looked at. Safe for many threads. */
final class Validation {
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .preloadSchema(false) // Which would follow every chain of references at once, in one recursion.
            .locale(Locale.ROOT)
            .regularExpressionFactory(Validation::expression)
            .build();

    private static final int LONGEST_MESSAGE = 300;

    private static final List<Dialect> EDITIONS = Stream.of(
                    Dialects.getDraft7(),
                    Dialects.getDraft4(),
                    Dialects.getDraft6(),
                    Dialects.getDraft201909(),
                    Dialects.getDraft202012())
            .map(Validation::withKeywordsOfAnybody)
            .toList();

    private final com.networknt.schema.Schema schema;

    private Validation(com.networknt.schema.Schema schema) {
        this.schema = schema;
    }

    /** Keywords that an edition does not have say nothing about values, and are worth no warning. */
    private static Dialect withKeywordsOfAnybody(Dialect edition) {
        return Dialect.builder(edition)
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                .build();
    }

    /** @throws InvalidSchemaException if values cannot be held against this schema */
    static Validation of(JsonSchema schema) {
        requireBoundedNumbers(schema.json());
        Map<String, String> documents = documents(schema);
        SchemaRegistry registry = SchemaRegistry.withDialects(
                EDITIONS,
                builder -> builder.schemaRegistryConfig(CONFIG)
                        .resourceLoaders(loaders -> loaders.resources(
                                (Function<String, @Nullable String>) address -> find(documents, address))));
        try {
            com.networknt.schema.Schema built =
                    registry.getSchema(SchemaLocation.of(Scope.NAMES.toString()), declared(schema.json()));
            return new Validation(built);
        } catch (SchemaException | Regex.ExhaustedException e) {
            throw new InvalidSchemaException("Values cannot be held against the schema: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new InvalidSchemaException("Values cannot be held against the schema: it nests too deeply", e);
        }
    }

    private static void requireBoundedNumbers(JsonNode document) {
        BoundedNumbers.findIn(document).ifPresent(number -> {
            throw new InvalidSchemaException("Values cannot be held against the schema: its number " + number
                    + " is too large or too small to reckon with");
        });
    }

    /** What the schema refers to, by name and by {@code $id}. */
    private static Map<String, String> documents(JsonSchema schema) {
        Map<String, String> documents = new LinkedHashMap<>();
        for (Resolved reference : schema.references()) {
            JsonNode json = SchemaText.parse(reference.schema().text(), false);
            requireBoundedNumbers(json);
            String text = SchemaText.print(declared(json));
            documents.putIfAbsent(reference.name(), text);
            documents.putIfAbsent(Scope.of(json, Scope.NAMES).base().toString(), text);
        }
        return documents;
    }

    /** The document meant by an address; a name has been made one by what it stands in. */
    private static @Nullable String find(Map<String, String> documents, String address) {
        String exact = documents.get(address);
        if (exact != null) {
            return exact;
        }
        return documents.entrySet().stream()
                .filter(document -> address.endsWith("/" + document.getKey()))
                .max(Comparator.comparingInt(document -> document.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /** The schema with an edition that the library knows. */
    private static JsonNode declared(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return json;
        }
        ObjectNode declared = object.objectNode();
        declared.setAll(object);
        declared.put(
                "$schema",
                switch (Draft.of(json)) {
                    case DRAFT_4 -> DialectId.DRAFT_4;
                    case DRAFT_6 -> DialectId.DRAFT_6;
                    case DRAFT_7 -> DialectId.DRAFT_7;
                    case DRAFT_2019_09 -> DialectId.DRAFT_2019_09;
                    case DRAFT_2020_12 -> DialectId.DRAFT_2020_12;
                });
        return declared;
    }

    private static RegularExpression expression(String text) {
        Regex regex = Regex.of(text);
        if (regex == null) {
            throw new SchemaException("'" + text + "' is no regular expression");
        }
        return regex::isFoundIn;
    }

    /**
     * Requires a value to be one of the schema.
     *
     * @param size of the value in bytes: the larger, the longer it may take
     * @throws RecordException if it is not; the message names the path
     */
    void require(JsonNode value, int size) {
        List<Error> errors;
        try {
            errors = schema.validate(new Bounded(size), value, OutputFormat.DEFAULT);
        } catch (Regex.ExhaustedException | SchemaException | TooLongException e) {
            throw new RecordException("The value cannot be held against its schema: " + e.getMessage(), e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RecordException(
                    "The value cannot be held against its schema: a number is too large or too small to reckon with",
                    e);
        } catch (StackOverflowError e) {
            throw new RecordException("The value cannot be held against its schema: it nests too deeply", e);
        }
        if (!errors.isEmpty()) {
            throw new RecordException("The value does not fit its schema: "
                    + shortened(errors.get(0).toString()));
        }
    }

    /** The library's messages may quote the schema. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("its parts would have to be looked at too often", null, false, false);
        }
    }

    /** One validation, which ends after so many steps: references can make a small schema an endless one. */
    private static final class Bounded extends ExecutionContext {
        private static final long STEPS = 1_000_000;
        private static final long STEPS_A_BYTE = 500;

        private long left;

        private Bounded(int size) {
            left = STEPS + STEPS_A_BYTE * size;
            setFailFast(true);
        }

        @Override
        public void evaluationPathAddLast(String keyword) {
            step();
            super.evaluationPathAddLast(keyword);
        }

        @Override
        public void evaluationPathAddLast(int index) {
            step();
            super.evaluationPathAddLast(index);
        }

        private void step() {
            left--;
            if (left < 0) {
                throw new TooLongException();
            }
        }
    }
}
