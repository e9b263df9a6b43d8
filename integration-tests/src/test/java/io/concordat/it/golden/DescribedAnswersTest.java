package io.concordat.it.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check finds what it is there to find. */
class DescribedAnswersTest {
    private final DescribedAnswers described = DescribedAnswers.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /mode | 200 | {'mode':'READWRITE'}",
                "GET | /contexts/.c/subjects/s/versions?deleted=true | 200 | [1,2]",
                "GET | /contexts/.c | 405 | {'error_code':405,'message':'x'}",
                "GET | /subjects/s/versions/1/schema | 200 | no JSON",
                "GET | /subjects/s/versions | 404 | {'error_code':40401,'message':'x'}",
                "DELETE | /contexts/.c | 204 | ''",
                "GET | /nowhere | 404 | {'error_code':404,'message':'x'}"
            })
    void answer_described_isLetThrough(String method, String path, int status, String body) {
        assertThatCode(() -> check(method, path, status, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /mode | 200 | {'mode':7}",
                "GET | /mode | 200 | {'mode':'READWRITE','more':1}",
                "GET | /subjects/s/versions | 200 | ['1']",
                "GET | /subjects/s/versions/1 | 200 | {'subject':'s','version':1,'id':1}",
                "GET | /schemas | 200 | [{'version':1,'id':1,'guid':'g','schemaType':'AVRO','references':[{'nam':'x'}]}]",
                "GET | /subjects/s/versions | 404 | {'error_code':40403,'message':'x'}",
                "GET | /subjects/s/versions | 409 | {'error_code':40901,'message':'x'}",
                "GET | /subjects/s/versions | 404 | {'error_code':40401}",
                "DELETE | /contexts/.c | 204 | {}",
                "GET | /nowhere | 200 | {}"
            })
    void answer_notDescribed_isFound(String method, String path, int status, String body) {
        assertThatThrownBy(() -> check(method, path, status, body)).isInstanceOf(AssertionError.class);
    }

    private void check(String method, String path, int status, String body) {
        described.check(method, path, status, body.replace('\'', '"').getBytes(UTF_8));
    }
}
