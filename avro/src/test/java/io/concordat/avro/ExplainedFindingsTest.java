package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.format.Incompatibility;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainedFindingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // reader, writer, direction, rule, part of the reader, part of the writer, advice
                "\"int\"|\"string\"|BACKWARD|TYPE_MISMATCH|\"int\"|\"string\"|Keep the type \"string\", or add another field, with"
                        + " a default value, for the new type.",
                "\"int\"|\"string\"|FORWARD|TYPE_MISMATCH|\"int\"|\"string\"|Keep the type \"int\", or add another field, with"
                        + " a default value, for the new type.",
                "[\"int\",\"null\"]|\"string\"|BACKWARD|MISSING_UNION_BRANCH|[\"int\",\"null\"]|\"string\"|Keep string among the"
                        + " types that are possible here.",
                "[\"int\",\"null\"]|\"string\"|FORWARD|MISSING_UNION_BRANCH|[\"int\",\"null\"]|\"string\"|Leave out string: the"
                        + " old schema does not know it here.",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4}|{\"type\":\"fixed\",\"name\":\"F\",\"size\":8}|BACKWARD"
                        + "|FIXED_SIZE_MISMATCH|{\"type\":\"fixed\",\"name\":\"F\",\"size\":4}"
                        + "|{\"type\":\"fixed\",\"name\":\"F\",\"size\":8}|Keep the size 8, or add a type of another name.",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}|{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"
                        + "|BACKWARD|MISSING_ENUM_SYMBOLS|{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}"
                        + "|{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"
                        + "|Keep the symbols [B], or give the enum a default symbol.",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"int\"}}]}"
                        + "|{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}|BACKWARD|READER_FIELD_MISSING_DEFAULT_VALUE"
                        + "|{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"int\"}}"
                        + "|{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}"
                        + "|Give the new field 'a' a default value, or leave it out.",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}|{\"type\":\"record\",\"name\":\"Q\",\"fields\":[]}|FORWARD"
                        + "|NAME_MISMATCH|{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}"
                        + "|{\"type\":\"record\",\"name\":\"Q\",\"fields\":[]}"
                        + "|Keep the name 'R': the old schema knows no other."
            })
    void finding_hasBothPartsAndAdvice(
            String reader,
            String writer,
            Direction direction,
            String rule,
            String readerPart,
            String writerPart,
            String advice) {
        Incompatibility found = findings(reader, writer, direction).get(0);

        assertThat(found.rule()).isEqualTo(rule);
        assertThat(found.reader()).isEqualTo(readerPart);
        assertThat(found.writer()).isEqualTo(writerPart);
        assertThat(found.advice()).isEqualTo(advice);
    }

    @Test
    void parts_ofAHugeSchema_areShort() {
        String fields = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"name\":\"field" + i + "\",\"type\":\"int\"}")
                .collect(Collectors.joining(","));
        String huge = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
        String deep = "{\"type\":\"array\",\"items\":".repeat(400) + "\"int\"" + "}".repeat(400);

        assertThat(findings(huge, deep, Direction.BACKWARD)).singleElement().satisfies(found -> {
            assertThat(found.reader()).hasSize(300).endsWith("...");
            assertThat(found.writer()).hasSize(300).endsWith("...");
        });
    }

    private static List<Incompatibility> findings(String reader, String writer, Direction direction) {
        return AvroSchema.parse(reader)
                .incompatibilitiesWith(AvroSchema.parse(writer), direction, CompatibilityPolicy.STRICT);
    }
}
