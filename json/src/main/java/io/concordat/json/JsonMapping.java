package io.concordat.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.concordat.api.format.RecordException;
import java.io.IOException;

/** Jackson, set up as the settings say. */
final class JsonMapping {
    /** How much of what is no JSON an error shows: it may be all there is in a record. */
    private static final int SHOWN = 8;

    private JsonMapping() {}

    static ObjectMapper of(JsonSettings settings) {
        JsonFactory factory = JsonFactory.builder()
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(SHOWN)
                        .build())
                .build();
        JsonMapper.Builder mapper = JsonMapper.builder(factory)
                .annotationIntrospector(new SealedTypes())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, settings.failsOnUnknown())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .configure(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, !settings.isoDates())
                .configure(SerializationFeature.INDENT_OUTPUT, settings.indents())
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        if (settings.inclusion() != null) {
            mapper.defaultPropertyInclusion(JsonInclude.Value.construct(settings.inclusion(), settings.inclusion()));
        }
        return mapper.build();
    }

    /** What went wrong with a value, in words that name the place. */
    static RecordException failure(String what, IOException e) {
        if (!(e instanceof JsonProcessingException problem)) {
            return new RecordException(what + ": " + e.getMessage(), e);
        }
        StringBuilder message = new StringBuilder(what).append(": ").append(problem.getOriginalMessage());
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            message.append(" at ").append(mapping.getPathReference());
        }
        return new RecordException(message.toString(), e);
    }
}
