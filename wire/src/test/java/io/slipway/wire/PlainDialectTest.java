package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients decide by these numbers and names what they do: the table is written here once more, by hand. */
class PlainDialectTest {
    @ParameterizedTest
    @CsvSource({
        "MALFORMED_REQUEST, 400, MALFORMED_REQUEST",
        "INVALID_PARAMETER_VALUE, 400, INVALID_PARAMETER_VALUE",
        "INVALID_STATE, 400, INVALID_STATE",
        "UNAUTHENTICATED, 401, UNAUTHENTICATED",
        "PERMISSION_DENIED, 403, PERMISSION_DENIED",
        "NOT_FOUND, 404, RESOURCE_DOES_NOT_EXIST",
        "ALREADY_EXISTS, 400, RESOURCE_ALREADY_EXISTS",
        "CONFLICT, 409, RESOURCE_CONFLICT",
        "NOT_EMPTY, 400, DIRECTORY_NOT_EMPTY",
        "TOO_LARGE, 400, INVALID_PARAMETER_VALUE",
        "RESOURCE_EXHAUSTED, 429, RESOURCE_EXHAUSTED",
        "ENDPOINT_NOT_FOUND, 404, ENDPOINT_NOT_FOUND",
        "FEATURE_DISABLED, 404, FEATURE_DISABLED",
        "UNAVAILABLE, 503, TEMPORARILY_UNAVAILABLE",
        "DEADLINE_EXCEEDED, 504, DEADLINE_EXCEEDED",
        "CANCELLED, 499, CANCELLED",
        "INTERNAL, 500, INTERNAL_ERROR"
    })
    void every_kind_of_error_has_its_status_and_its_name(ErrorCode code, int status, String name) {
        Reply reply = PlainDialect.PLAIN.error(new PlatformException(code, "because \"so\""));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).startsWith("application/json");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"error_code\":\"" + name + "\",\"message\":\"because \\\"so\\\"\"}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void an_error_that_brings_a_finer_name_along_is_told_by_it_under_the_usual_status(ErrorCode code) {
        PlatformException error = new PlatformException(code, "m", Map.of("reason", "FINER", "other", "not told"));
        Reply reply = PlainDialect.PLAIN.error(error);
        assertThat(reply.status()).isEqualTo(PlainDialect.status(code));
        assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"error_code\":\"FINER\",\"message\":\"m\"}");
    }

    @Test
    void another_status_leaves_the_words_as_they_are() {
        Reply reply = PlainDialect.PLAIN.error(PlatformException.notFound("m"));
        Reply other = reply.withStatus(418);
        assertThat(other.status()).isEqualTo(418);
        assertThat(other.body()).isEqualTo(reply.body());
        assertThat(other.contentType()).isEqualTo(reply.contentType());
    }
}
