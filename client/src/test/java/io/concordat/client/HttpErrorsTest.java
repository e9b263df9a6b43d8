package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpErrorsTest {
    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "NOT_FOUND") // which is about the address
    void answer_knownNumber_isThatCode(ErrorCode code) {
        RegistryException failure =
                failureOf(code.httpStatus(), "{\"error_code\":" + code.number() + ",\"message\":\"Why 'x' failed\"}");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.number()).isEqualTo(code.number());
        assertThat(failure).hasMessage("Why 'x' failed");
    }

    @ParameterizedTest
    @CsvSource({
        "404, 40499, NOT_FOUND",
        "409, 409, INCOMPATIBLE_SCHEMA",
        "409, 40999, BAD_REQUEST",
        "422, 42299, UNPROCESSABLE",
        "401, 40101, UNAUTHORIZED",
        "403, 40301, FORBIDDEN",
        "418, 418, BAD_REQUEST",
        "500, 50099, INTERNAL",
        "502, 502, UNREACHABLE",
        "503, 503, UNREACHABLE",
        "504, 504, DEADLINE_EXCEEDED",
        "599, 599, INTERNAL",
    })
    void answer_unknownNumber_isTheNearestCodeAndKeepsIt(int status, int number, ErrorCode code) {
        RegistryException failure = failureOf(status, "{\"error_code\":" + number + ",\"message\":\"no\"}");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"gone\"}",
                "{\"error_code\":0,\"message\":\"gone\"}",
                "{\"error_code\":\"x\",\"message\":\"gone\"}",
                "{\"error_code\":null,\"message\":\"gone\"}",
            })
    void answer_withoutANumber_takesTheStatus(String body) {
        RegistryException failure = failureOf(404, body);

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure.number()).isEqualTo(404);
        assertThat(failure)
                .hasMessageContainingAll("GET http://127.0.0.1:", "/schemas/ids/7", "'gone'", "is the url right");
    }

    @Test
    void answer_withoutAMessage_namesTheNumber() {
        assertThat(failureOf(404, "{\"error_code\":40403}"))
                .hasMessage("The registry gave error 40403 without a reason");
    }

    @Test
    void answer_pageOfAProxy_saysWhatWasAskedAndFound() {
        RegistryException failure = failureWhen((request, exchange) -> exchange.respond(
                502, "Content-Type: text/html", "<html>\r\n<b>Bad\u0007 Gateway</b> " + "x".repeat(5000)));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure.number()).isEqualTo(502);
        assertThat(failure.isRetriable()).isTrue();
        assertThat(failure.getMessage())
                .contains("GET http://127.0.0.1:", "/schemas/ids/7", "502, text/html", "<html> <b>Bad Gateway</b>")
                .hasSizeLessThan(600);
    }

    @Test
    void answer_404PageOfAWebServer_isNotAMissingSchema() {
        RegistryException failure = failureWhen(
                (request, exchange) -> exchange.respond(404, "Content-Type: text/html", "<h1>Not Found</h1>"));

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure).hasMessageContaining("is the url right");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500, 503})
    void answer_emptyError_isByStatus(int status) {
        RegistryException failure = failureOf(status, "");

        assertThat(failure.number()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void answer_redirect_isNotFollowed(int status) {
        RegistryException failure =
                failureWhen((request, exchange) -> exchange.respond(status, "Location: http://elsewhere/x", ""));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
        assertThat(failure.number()).isEqualTo(status);
        assertThat(failure).hasMessageContainingAll("http://elsewhere/x", "set the url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "\"text\"",
                "{}",
                "{\"schema\":7.5e}",
                "{\"schema\":\"\\\"string\\\"\"",
                "{\"schema\":{\"type\":\"string\"}}",
                "{\"schema\":\"x\",\"version\":\"first\"}",
                "{\"schema\":\"x\",\"guid\":\"not-a-guid\"}",
                "{\"schema\":\"x\",\"references\":[{\"subject\":\"s\"}]}",
                "{\"schema\":\"x\",\"references\":{}}",
                "{\"schema\":\"x\",\"metadata\":[]}",
                "{\"schema\":\"x\",\"ruleSet\":{\"domainRules\":[{\"kind\":\"DANCE\"}]}}",
                "{\"schema\":\"x\"} trailing",
                "<html>Welcome</html>",
                "\ufeff\u0000",
            })
    void answer_notOneOfARegistry_isUnreadable(String body) {
        RegistryException failure = failureOf(200, body);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
        assertThat(failure.isRetriable()).isFalse();
        assertThat(failure).hasMessageContainingAll("GET http://127.0.0.1:", "/schemas/ids/7", "200");
    }

    @Test
    void answer_204_isUnreadable() {
        RegistryException failure = failureWhen((request, exchange) -> exchange.raw("HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
        assertThat(failure).hasMessageContainingAll("204", "it is empty");
    }

    @Test
    void answer_notUtf8_isUnreadable() {
        RegistryException failure = failureWhen((request, exchange) ->
                exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"schema\":\"\u00e9\"}"));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
    }

    @Test
    void answer_nestedDeeply_isUnreadable() {
        assertThat(failureOf(200, "[".repeat(100_000)).code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
    }

    @Test
    void otherQuestions_wrongShape_areUnreadable() throws IOException {
        try (StubServer server = StubServer.answering(200, "{\"mode\":\"SIDEWAYS\",\"compatibility\":\"SOME\"}");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertUnreadable(registry, r -> r.settings().mode(RegistrySettings.GLOBAL));
            assertUnreadable(registry, r -> r.settings().config(RegistrySettings.GLOBAL));
            assertUnreadable(registry, Registry::clusterId);
            assertUnreadable(registry, Registry::schemaTypes);
            assertUnreadable(registry, r -> r.deleteSubject(Subject.of("a"), false));
            assertUnreadable(registry, r -> r.check(Subject.of("a"), SchemaContent.avro("x")));
            assertUnreadable(
                    registry, r -> r.register(Subject.of("a"), SchemaContent.avro("x"), RegisterOptions.DEFAULT));
        }
    }

    private static void assertUnreadable(Registry registry, Consumer<Registry> question) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> question.accept(registry))
                        .code())
                .isEqualTo(ErrorCode.UNREADABLE_ANSWER);
    }

    private static RegistryException failureOf(int status, String body) {
        return failureWhen((request, exchange) -> exchange.json(status, body));
    }

    private static RegistryException failureWhen(StubServer.Behaviour behaviour) {
        try (StubServer server = new StubServer(behaviour);
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            return catchThrowableOfType(RegistryException.class, () -> registry.schema(SchemaId.of(7)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
