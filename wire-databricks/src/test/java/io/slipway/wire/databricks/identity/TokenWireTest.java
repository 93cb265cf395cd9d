package io.slipway.wire.databricks.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.settings.CreateOboTokenRequest;
import com.databricks.sdk.service.settings.CreateOboTokenResponse;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.settings.CreateTokenResponse;
import com.databricks.sdk.service.settings.ListTokenManagementRequest;
import com.databricks.sdk.service.settings.TokenInfo;
import io.slipway.identity.testing.People;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of everybody as admins see them, by the SDK. */
@NullUnmarked
class TokenWireTest {
    private WireServer server;
    private RawClient raw;
    private WorkspaceClient sdk;
    private WorkspaceClient ann;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        raw = new RawClient(server);
        sdk = RawClient.sdk(server);
        ann = with(server.tokenOf(People.ANN));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WorkspaceClient with(String token) {
        return new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(token));
    }

    private List<TokenInfo> all(ListTokenManagementRequest request) {
        return StreamSupport.stream(sdk.tokenManagement().list(request).spliterator(), false)
                .toList();
    }

    private static CreateTokenRequest token(String comment) {
        return new CreateTokenRequest().setComment(comment);
    }

    @Test
    void admins_see_who_made_each_token_and_on_which_day_it_was_used() {
        String id = ann.tokens().create(token("laptop")).getTokenInfo().getTokenId();
        TokenInfo seen = sdk.tokenManagement().get(id).getTokenInfo();
        assertThat(seen.getCreatedByUsername()).isEqualTo(People.ANN.name());
        assertThat(seen.getOwnerId()).isEqualTo(People.ANN.id().number());
        assertThat(seen.getComment()).isEqualTo("laptop");
        assertThat(seen.getLastUsedDay()).isNull();
        assertThat(seen.getExpiryTime()).isEqualTo(-1);
        List<TokenInfo> hers = all(new ListTokenManagementRequest().setCreatedByUsername(People.ANN.name()));
        assertThat(hers).extracting(TokenInfo::getComment).containsExactlyInAnyOrder("test", "laptop");
        assertThat(hers.stream()
                        .filter(held -> held.getComment().equals("test"))
                        .map(TokenInfo::getLastUsedDay))
                .allMatch(day -> day != null && day % Duration.ofDays(1).toMillis() == 0);
        assertThat(all(new ListTokenManagementRequest()
                        .setCreatedById(People.ANN.id().number())))
                .hasSize(2);
        assertThat(all(new ListTokenManagementRequest())).hasSize(3);
    }

    @Test
    void a_token_that_an_admin_deletes_is_refused_at_once() {
        CreateTokenResponse made = ann.tokens().create(token("laptop"));
        WorkspaceClient laptop = with(made.getTokenValue());
        assertThat(laptop.tokens().list()).isNotEmpty();
        sdk.tokenManagement().delete(made.getTokenInfo().getTokenId());
        assertThatThrownBy(() -> laptop.tokens().list().iterator()).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> sdk.tokenManagement().get(made.getTokenInfo().getTokenId()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> ann.tokenManagement().delete("any")).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void comments_are_changed_by_whoever_owns_the_token_and_by_admins() throws Exception {
        String hers = ann.tokens().create(token("old")).getTokenInfo().getTokenId();
        String body = "{\"token\":{\"comment\":\"new\"},\"update_mask\":\"comment\"}";
        assertThat(raw.json("PATCH", "/api/2.0/token/" + hers, body).statusCode())
                .isEqualTo(404);
        assertThat(raw.json("PATCH", "/api/2.0/token-management/tokens/" + hers, body)
                        .statusCode())
                .isEqualTo(200);
        assertThat(sdk.tokenManagement().get(hers).getTokenInfo().getComment()).isEqualTo("new");
        String own = sdk.tokens().create(token("old")).getTokenInfo().getTokenId();
        assertThat(raw.json("PATCH", "/api/2.0/token/" + own, body).statusCode())
                .isEqualTo(200);
        assertThat(sdk.tokenManagement().get(own).getTokenInfo().getComment()).isEqualTo("new");
        assertThat(raw.json("PATCH", "/api/2.0/token/" + own, body.replace("\"comment\"}", "\"scopes\"}"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_admin_makes_a_token_with_which_a_program_acts() {
        ServicePrincipal program = sdk.servicePrincipals().create(new ServicePrincipal().setDisplayName("ci"));
        CreateOboTokenResponse made = sdk.tokenManagement()
                .createOboToken(new CreateOboTokenRequest()
                        .setApplicationId(program.getApplicationId())
                        .setComment("deploy")
                        .setLifetimeSeconds(60L));
        assertThat(with(made.getTokenValue()).currentUser().me(new MeRequest()).getId())
                .isEqualTo(program.getId());
        assertThat(made.getTokenInfo().getOwnerId()).isEqualTo(Long.parseLong(program.getId()));
        assertThat(made.getTokenInfo().getCreatedByUsername()).isEqualTo("admin@example.com");
        assertThat(made.getTokenInfo().getExpiryTime() - made.getTokenInfo().getCreationTime())
                .isEqualTo(60_000);
        assertThatThrownBy(() -> sdk.tokenManagement()
                        .createOboToken(new CreateOboTokenRequest().setApplicationId("admin@example.com")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> ann.tokenManagement()
                        .createOboToken(new CreateOboTokenRequest().setApplicationId(program.getApplicationId())))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void restricted_admins_make_no_tokens_of_programs() throws Exception {
        String id = sdk.servicePrincipals()
                .create(new ServicePrincipal().setDisplayName("ci"))
                .getApplicationId();
        String path = "/api/2.0/settings/types/restrict_workspace_admins/names/default";
        String body = "{\"allow_missing\":true,\"setting\":{\"etag\":\"v0\",\"restrict_workspace_admins\":"
                + "{\"status\":\"RESTRICT_TOKENS_AND_JOB_RUN_AS\"}}}";
        assertThat(raw.json("PATCH", path, body).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> sdk.tokenManagement().createOboToken(new CreateOboTokenRequest().setApplicationId(id)))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void settings_of_the_workspace_decide_who_makes_tokens_and_how_long_they_live() {
        sdk.workspaceConf().setStatus(Map.of("maxTokenLifetimeDays", "1"));
        assertThatThrownBy(() -> ann.tokens().create(token("long").setLifetimeSeconds(86_401L)))
                .isInstanceOf(BadRequest.class);
        var day = ann.tokens().create(token("day")).getTokenInfo();
        assertThat(day.getExpiryTime() - day.getCreationTime()).isEqualTo(86_400_000);
        sdk.workspaceConf().setStatus(Map.of("enableTokensConfig", "false"));
        assertThatThrownBy(() -> ann.tokens().create(token("no"))).isInstanceOf(PermissionDenied.class);
        assertThat(sdk.tokens().create(token("mine")).getTokenValue()).startsWith("dapi");
    }
}
