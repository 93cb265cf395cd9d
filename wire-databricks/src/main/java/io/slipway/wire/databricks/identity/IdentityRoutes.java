package io.slipway.wire.databricks.identity;

import io.slipway.identity.Identities;
import io.slipway.identity.Token;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Token API 2.0, host metadata. */
public final class IdentityRoutes {
    private static final Duration LONGEST_LIFE = Duration.ofDays(100 * 365);

    private final Identities identities;
    private final String workspaceId;
    private final String accountId;

    public IdentityRoutes(Identities identities, String workspaceId, String accountId) {
        this.identities = identities;
        this.workspaceId = workspaceId;
        this.accountId = accountId;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "")
                .open("/.well-known/databricks-config", this::hostMetadata)
                // OAuth is not offered yet; a quick 404 makes clients go on with their token.
                .open("/oidc/.well-known/oauth-authorization-server", IdentityRoutes::noOauth);
        api.family(DatabricksDialect.STANDARD, "/api/2.0/token")
                .post("/create", this::create)
                .get("/list", this::list)
                .post("/delete", this::delete);
    }

    private static Object noOauth(Request request) {
        throw new PlatformException(ErrorCode.FEATURE_DISABLED, "OAuth is not offered here; use a token.");
    }

    private Object hostMetadata(Request request) {
        String authority = request.headers().authority();
        String host = (request.tls() ? "https://" : "http://") + authority;
        return Map.of(
                "oidc_endpoint",
                host + "/oidc",
                "workspace_id",
                workspaceId,
                "account_id",
                accountId,
                "cloud",
                "AWS",
                "host_type",
                "workspace");
    }

    record CreateToken(Optional<Long> lifetimeSeconds, Optional<String> comment) {}

    record TokenInfo(String tokenId, long creationTime, long expiryTime, String comment) {
        static TokenInfo of(Token token) {
            return new TokenInfo(
                    token.id(), token.createdAt(), token.expiresAt().orElse(-1L), token.comment());
        }
    }

    record TokenCreated(String tokenValue, TokenInfo tokenInfo) {}

    private Object create(Request request) {
        CreateToken asked = request.body(CreateToken.class);
        asked.lifetimeSeconds().filter(life -> life > LONGEST_LIFE.toSeconds()).ifPresent(life -> {
            throw PlatformException.invalid("lifetime_seconds must be at most " + LONGEST_LIFE.toSeconds() + ".");
        });
        Token.Created created = identities.createToken(
                request.caller(),
                asked.comment().orElse(""),
                asked.lifetimeSeconds().map(Duration::ofSeconds));
        return new TokenCreated(created.value(), TokenInfo.of(created.token()));
    }

    record TokenList(List<TokenInfo> tokenInfos) {}

    private Object list(Request request) {
        return new TokenList(
                identities.tokens(request.caller()).stream().map(TokenInfo::of).toList());
    }

    record DeleteToken(Optional<String> tokenId) {}

    private Object delete(Request request) {
        identities.deleteToken(
                request.caller(),
                Request.require(request.body(DeleteToken.class).tokenId(), "token_id"));
        return Request.nothing();
    }
}
