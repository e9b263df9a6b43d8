package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.server.MediaTypes.Reading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    private static final String V1 = "application/vnd.schemaregistry.v1+json";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | " + V1,
                "'' | " + V1,
                "*/* | " + V1,
                "application/* | " + V1,
                V1 + " | " + V1,
                "application/vnd.schemaregistry+json | application/vnd.schemaregistry+json",
                "application/json | application/json",
                "APPLICATION/JSON; charset=utf-8 | application/json",
                "application/json, */* | " + V1,
                "application/json, */*;q=0.9 | application/json",
                "application/json;q=0.5, " + V1 + ";q=0.9 | " + V1,
                "application/json;q=0.9, " + V1 + ";q=0.5 | application/json",
                V1 + ";q=0, */* | application/vnd.schemaregistry+json",
                "text/html, image/gif, image/jpeg, */*; q=.2 | " + V1,
                "text/html | none",
                "application/octet-stream | none",
                "application/json;q=0 | none",
                "application/json;q=x | none",
                "garbage | none",
                ",;, | none"
            })
    void negotiate_whatTheClientAccepts_isTheDearestOfBoth(@Nullable String accept, @Nullable String type) {
        assertThat(MediaTypes.negotiate(accept).orElse(null)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | POSSIBLE",
                "application/json | POSSIBLE",
                "Application/JSON;charset=ISO-8859-1 | POSSIBLE",
                "application/octet-stream | POSSIBLE",
                "text/plain | UNSUPPORTED",
                "application/vnd.schemaregistry.v2+json | UNSUPPORTED",
                "'' | MALFORMED",
                "garbage | MALFORMED",
                "/json | MALFORMED",
                "application/ | MALFORMED"
            })
    void reading_aContentType_isJudged(@Nullable String contentType, Reading reading) {
        assertThat(MediaTypes.reading(contentType)).isEqualTo(reading);
    }
}
