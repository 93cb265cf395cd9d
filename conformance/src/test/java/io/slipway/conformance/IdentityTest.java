package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.settings.CreateTokenResponse;
import com.databricks.sdk.service.settings.PublicTokenInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SCIM Me and the Token API by the Java SDK. */
@ExtendWith(SharedPlatform.class)
class IdentityTest {
    private final WorkspaceClient client = SharedPlatform.client();

    private static WorkspaceClient by(String token) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(SharedPlatform.platform().url())
                .setToken(token)
                .setAuthType("pat"));
    }

    private List<String> tokenIds() {
        List<String> ids = new ArrayList<>();
        for (PublicTokenInfo each : client.tokens().list()) {
            ids.add(each.getTokenId());
        }
        return ids;
    }

    @Test
    void me_is_the_holder_of_the_token() {
        var me = client.currentUser().me(new MeRequest());
        assertThat(me.getUserName()).isEqualTo("admin@slipway.local");
        assertThat(me.getActive()).isTrue();
        assertThat(me.getGroups()).anyMatch(group -> "admins".equals(group.getDisplay()));
    }

    @Test
    void anybody_may_ask_which_workspace_this_is() {
        JsonNode metadata = new Raw(SharedPlatform.platform())
                .with("")
                .get("/.well-known/databricks-config")
                .body();
        assertThat(metadata.path("host_type").asText()).isEqualTo("workspace");
        assertThat(metadata.path("workspace_id").asText()).containsOnlyDigits();
        assertThat(metadata.path("cloud").asText()).isEqualTo("AWS");
    }

    @Test
    void a_new_token_opens_the_same_doors_until_it_is_deleted() {
        CreateTokenResponse made = client.tokens()
                .create(new CreateTokenRequest().setComment("for a while").setLifetimeSeconds(3600L));
        String id = made.getTokenInfo().getTokenId();
        assertThat(made.getTokenValue()).startsWith("dapi");
        assertThat(made.getTokenInfo().getExpiryTime() - made.getTokenInfo().getCreationTime())
                .isEqualTo(3_600_000);
        assertThat(tokenIds()).contains(id);
        assertThat(by(made.getTokenValue()).currentUser().me(new MeRequest()).getUserName())
                .isEqualTo("admin@slipway.local");

        client.tokens().delete(id);
        assertThat(tokenIds()).doesNotContain(id);
        WorkspaceClient refused = by(made.getTokenValue());
        assertThatThrownBy(() -> refused.currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Invalid access token");
        assertThatThrownBy(() -> client.tokens().delete(id))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining(id);
    }

    @Test
    void a_token_without_a_lifetime_never_expires_and_one_of_no_time_is_refused() {
        CreateTokenResponse made = client.tokens().create(new CreateTokenRequest().setComment("for good"));
        assertThat(made.getTokenInfo().getExpiryTime()).isEqualTo(-1);
        client.tokens().delete(made.getTokenInfo().getTokenId());
        assertThatThrownBy(() -> client.tokens().create(new CreateTokenRequest().setLifetimeSeconds(0L)))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("lifetime_seconds");
    }

    @Test
    void a_token_that_never_expires_is_listed_as_such() {
        for (PublicTokenInfo each : client.tokens().list()) {
            if ("bootstrap".equals(each.getComment())) {
                assertThat(each.getExpiryTime()).isEqualTo(-1);
            }
        }
    }
}
