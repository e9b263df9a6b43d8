package io.concordat.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void find_everyNumber_isOneCodeWithAnErrorStatus(ErrorCode code) {
        assertThat(ErrorCode.find(code.number())).contains(code);
        assertThat(code.httpStatus()).isBetween(400, 599);
    }

    /** The numbers are a contract with clients: this is where they are written down. */
    @Test
    void numbers_areThoseThatClientsKnow() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(code -> code.number() > 1000)
                        .map(code -> code.number() + " " + code)
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        49501 UNTRUSTED
                        40401 SUBJECT_NOT_FOUND
                        40402 VERSION_NOT_FOUND
                        40403 SCHEMA_NOT_FOUND
                        40404 SUBJECT_SOFT_DELETED
                        40405 SUBJECT_NOT_SOFT_DELETED
                        40406 VERSION_SOFT_DELETED
                        40407 VERSION_NOT_SOFT_DELETED
                        40408 NO_SUBJECT_COMPATIBILITY
                        40409 NO_SUBJECT_MODE
                        40410 ASSOCIATION_NOT_FOUND
                        40901 INCOMPATIBLE_SCHEMA
                        40902 TOO_MANY_ASSOCIATIONS
                        40903 ASSOCIATION_FOR_RESOURCE_EXISTS
                        40904 ASSOCIATION_FOR_SUBJECT_EXISTS
                        40905 STRONG_ASSOCIATION_EXISTS
                        40907 NO_ACTIVE_VERSION_FOR_ASSOCIATION
                        40908 ASSOCIATION_FROZEN
                        42201 INVALID_SCHEMA
                        42202 INVALID_VERSION
                        42203 INVALID_COMPATIBILITY
                        42204 INVALID_MODE
                        42205 OPERATION_NOT_PERMITTED
                        42206 REFERENCE_EXISTS
                        42207 ID_DOES_NOT_MATCH
                        42208 INVALID_SUBJECT
                        42209 SCHEMA_TOO_LARGE
                        42210 INVALID_RULE_SET
                        42211 CONTEXT_NOT_EMPTY
                        42212 INVALID_ASSOCIATION
                        50001 STORE_FAILED
                        50002 OPERATION_TIMED_OUT
                        50003 FORWARDING_FAILED
                        50004 UNKNOWN_LEADER
                        50005 UNREADABLE_ANSWER
                        50301 UNREACHABLE
                        50401 DEADLINE_EXCEEDED""");
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST_TIMEOUT, TRANSIENT",
        "TOO_MANY_REQUESTS, TRANSIENT",
        "INTERNAL, TRANSIENT",
        "STORE_FAILED, TRANSIENT",
        "UNREACHABLE, TRANSIENT",
        "DEADLINE_EXCEEDED, TRANSIENT",
        "SUBJECT_NOT_FOUND, NOT_FOUND",
        "SCHEMA_NOT_FOUND, NOT_FOUND",
        "NO_SUBJECT_MODE, NOT_FOUND",
        "NOT_FOUND, CONFIGURATION",
        "UNAUTHORIZED, CONFIGURATION",
        "FORBIDDEN, CONFIGURATION",
        "METHOD_NOT_ALLOWED, CONFIGURATION",
        "UNREADABLE_ANSWER, CONFIGURATION",
        "UNTRUSTED, CONFIGURATION",
        "BAD_REQUEST, REFUSED",
        "INCOMPATIBLE_SCHEMA, REFUSED",
        "INVALID_SCHEMA, REFUSED",
        "OPERATION_NOT_PERMITTED, REFUSED",
    })
    void kind_saysWhatCanBeDone(ErrorCode code, FailureKind kind) {
        assertThat(code.kind()).isEqualTo(kind);
    }

    @Test
    void isRetriable_saysWhatMayPassByItself() {
        assertThat(ErrorCode.UNKNOWN_LEADER.isRetriable()).isTrue();
        assertThat(ErrorCode.UNREACHABLE.isRetriable()).isTrue();
        assertThat(ErrorCode.TOO_MANY_REQUESTS.isRetriable()).isTrue();
        assertThat(ErrorCode.SCHEMA_NOT_FOUND.isRetriable()).isFalse();
        assertThat(ErrorCode.UNREADABLE_ANSWER.isRetriable()).isFalse();
        assertThat(ErrorCode.UNAUTHORIZED.isRetriable()).isFalse();
    }
}
