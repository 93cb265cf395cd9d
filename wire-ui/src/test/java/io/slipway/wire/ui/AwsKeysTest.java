package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.wire.ui.aws.AwsIdentities;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How pages are told as whom a person may act at AWS. */
@NullUnmarked
class AwsKeysTest {
    /** Ann has one profile; keys tell how long they last. */
    static final AwsIdentities ONE = new AwsIdentities() {
        @Override
        public List<Identity> of(Caller caller) {
            return caller.equals(People.ANN) ? List.of(new Identity("arn:p", "p", "arn:p", "111122223333")) : List.of();
        }

        @Override
        public Keys keys(Caller caller, String as, Duration lasting) {
            return new Keys("ASIA1", "secret", "token", lasting.toString(), "111122223333", "us-east-1", as);
        }
    };

    private static UiPlatform platform;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = new UiPlatform(folder, NoLogs.LOGS);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static HttpResponse<String> keys(String body) throws Exception {
        return platform.send("ann", "POST", "/ui-api/aws/credentials", body);
    }

    @Test
    void identities_and_keys_have_the_names_of_their_fields() throws Exception {
        assertThat(platform.get("ann", "/ui-api/aws/identities").body())
                .isEqualTo(
                        "{\"identities\":[{\"as\":\"arn:p\",\"name\":\"p\",\"arn\":\"arn:p\",\"account_id\":\"111122223333\"}]}");
        assertThat(platform.get("bob", "/ui-api/aws/identities").body()).isEqualTo("{}");
        HttpResponse<String> keys = keys("{\"as\":\"arn:p\"}");
        assertThat(keys.body())
                .isEqualTo(
                        "{\"access_key_id\":\"ASIA1\",\"secret_access_key\":\"secret\",\"session_token\":\"token\","
                                + "\"expiration\":\"PT15M\",\"account_id\":\"111122223333\",\"region\":\"us-east-1\",\"arn\":\"arn:p\"}");
        assertThat(keys.headers().firstValue("cache-control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"as\":\"root\",\"seconds\":899}",
                "{\"as\":\"root\",\"seconds\":43201}",
                // Longer than a token may last: for sessions only.
                "{\"as\":\"root\",\"seconds\":901}"
            })
    void other_spans_are_refused(String body) throws Exception {
        HttpResponse<String> refused = keys(body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("INVALID_PARAMETER_VALUE");
    }
}
