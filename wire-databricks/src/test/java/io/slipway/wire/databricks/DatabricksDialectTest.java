package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Reply;
import io.slipway.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** SDKs take these bodies apart; what they look for is written here by hand. */
class DatabricksDialectTest {
    private static String body(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD, 404, '{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"Cluster x does not exist\"}'",
        "MISSING_IS_INVALID, 400, '{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Cluster x does not exist\"}'",
        "COMMAND_EXECUTION, 404, '{\"error\":\"RESOURCE_DOES_NOT_EXIST: Cluster x does not exist\"}'",
        "SCIM, 404, '{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"Cluster x does not exist\",\"status\":\"404\"}'"
    })
    void what_is_missing_is_told_by_each_family_in_its_own_way(DatabricksDialect dialect, int status, String body) {
        Reply reply = dialect.error(PlatformException.notFound("Cluster x does not exist"));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(body(reply)).isEqualTo(body);
        assertThat(reply.contentType()).startsWith("application/json");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whatever_is_not_missing_has_the_usual_status_and_name_in_every_family(ErrorCode code) {
        PlatformException error = new PlatformException(code, "so");
        String name = PlainDialect.code(error);
        for (DatabricksDialect dialect : DatabricksDialect.values()) {
            boolean taken = dialect == DatabricksDialect.SCIM && code == ErrorCode.ALREADY_EXISTS;
            if (code != ErrorCode.NOT_FOUND) {
                assertThat(dialect.error(error).status())
                        .as(dialect.name())
                        .isEqualTo(taken ? 409 : PlainDialect.status(code));
            }
        }
        String standard = "{\"error_code\":\"" + name + "\",\"message\":\"so\"}";
        assertThat(body(DatabricksDialect.STANDARD.error(error))).isEqualTo(standard);
        if (code != ErrorCode.NOT_FOUND) {
            assertThat(body(DatabricksDialect.MISSING_IS_INVALID.error(error))).isEqualTo(standard);
        }
        assertThat(body(DatabricksDialect.COMMAND_EXECUTION.error(error)))
                .isEqualTo("{\"error\":\"" + name + ": so\"}");
    }

    @Test
    void scim_tells_apart_what_is_wrong_by_a_type() {
        PlatformException taken = new PlatformException(ErrorCode.ALREADY_EXISTS, "taken");
        assertThat(body(DatabricksDialect.SCIM.error(taken))).doesNotContain("scimType");
        PlatformException filter =
                new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, "no", Map.of("scimType", "invalidFilter"));
        assertThat(body(DatabricksDialect.SCIM.error(filter))).contains("\"scimType\":\"invalidFilter\"");
    }

    @Test
    void a_finer_name_is_the_code_and_not_a_detail() {
        PlatformException error =
                new PlatformException(ErrorCode.NOT_FOUND, "no", Map.of("reason", "TABLE_DOES_NOT_EXIST"));
        assertThat(body(DatabricksDialect.STANDARD.error(error)))
                .isEqualTo("{\"error_code\":\"TABLE_DOES_NOT_EXIST\",\"message\":\"no\"}");
        assertThat(body(DatabricksDialect.COMMAND_EXECUTION.error(error)))
                .isEqualTo("{\"error\":\"TABLE_DOES_NOT_EXIST: no\"}");
        assertThat(DatabricksDialect.STANDARD.error(error).status()).isEqualTo(404);
    }

    @Test
    void details_are_told_as_one_error_info_in_a_fixed_order() throws JsonProcessingException {
        PlatformException error =
                new PlatformException(ErrorCode.CONFLICT, "taken", Map.of("b", "2", "a", "1", "reason", "ABORTED"));
        JsonNode told = WireJson.mapper().readTree(body(DatabricksDialect.STANDARD.error(error)));
        assertThat(told.path("details"))
                .hasToString("[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"ABORTED\","
                        + "\"domain\":\"databricks.com\","
                        + "\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}]");
    }
}
