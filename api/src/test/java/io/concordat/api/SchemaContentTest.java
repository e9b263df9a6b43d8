package io.concordat.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaContentTest {
    /** Measured on the Confluent registry. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    "string"                                  | 095d71cf-1255-6b9d-5e33-0ad575b3df5d
                    {"type":"string","connect.version":1}     | 2a2019c2-ce07-f96d-8756-7b623ce3470b
                    {}                                        | 99914b93-2bd3-7a50-b983-c5e7c90ae93b
                    """)
    void guid_recordedText_isTheRecordedOne(String text, UUID guid) {
        assertThat(SchemaContent.avro(text).guid()).isEqualTo(guid);
        assertThat(SchemaContent.of(SchemaType.JSON, text).guid())
                .as("the type is not hashed")
                .isEqualTo(guid);
    }

    @Test
    void guid_everyOtherPart_countsAlsoWhenEmpty() {
        SchemaContent plain = SchemaContent.avro("\"string\"");
        SortedMap<String, String> params = new TreeMap<>(Map.of("a", "b"));
        Rule rule = new Rule(
                "r",
                "",
                RuleKind.CONDITION,
                RuleMode.WRITE,
                "CEL",
                new TreeSet<>(Set.of("PII")),
                params,
                "e",
                "",
                "",
                true);

        assertThat(Set.of(
                        plain.guid(),
                        plain.withReferences(List.of(new SchemaReference("n", "s", 1)))
                                .guid(),
                        plain.withReferences(List.of(new SchemaReference("n", "s", 2)))
                                .guid(),
                        plain.withMetadata(Optional.of(Metadata.ofProperties(Map.of())))
                                .guid(),
                        plain.withProperties(Map.of("k", "v")).guid(),
                        plain.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(rule), List.of(), "")))
                                .guid(),
                        plain.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(), List.of(), "ALL")))
                                .guid()))
                .hasSize(7);
    }
}
