package io.slipway.wire.databricks.identity;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.QueryParamsBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.identity.Caller;
import io.slipway.identity.oauth.FederatedTokens;
import io.slipway.identity.oauth.Issued;
import io.slipway.identity.oauth.OauthError;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oauth.ProgramLogins;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Reply;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** OAuth 2.0 of a workspace, below {@code /oidc}, and of the account, below {@code /oidc/accounts/{account}}. */
public final class OauthRoutes {
    private static final String ACCOUNT = "/oidc/accounts/{account}";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final OauthRoom oauth;
    private final Addressing addressing;
    private final Browsers browsers;
    private final BiConsumer<Caller, InetAddress> gate;

    /**
     * Who has signed in with a browser.
     *
     * @param tokenId the token that the session began with
     */
    public record Browser(Caller caller, Optional<String> tokenId) {}

    /** Finds who has signed in with the browser that asks, in the workspace that is meant. */
    public interface Browsers {
        Optional<Browser> of(Request request, Optional<WorkspaceId> named);
    }

    /**
     * @param gate refuses an address for a caller: no credentials stand before these routes
     */
    public OauthRoutes(
            OauthRoom oauth, Addressing addressing, Browsers browsers, BiConsumer<Caller, InetAddress> gate) {
        this.oauth = oauth;
        this.addressing = addressing;
        this.browsers = browsers;
        this.gate = gate;
    }

    public void add(DatabricksApi api) {
        Routes.Lines lines = api.family(DatabricksDialect.OAUTH, "");
        for (String root : List.of("/oidc", ACCOUNT)) {
            lines.open(root + "/.well-known/oauth-authorization-server", this::discovery)
                    .open(root + "/.well-known/openid-configuration", this::discovery)
                    .open(root + "/jwks.json", this::keys)
                    .open(root + "/v1/authorize", this::authorize)
                    .open(HttpMethod.POST, root + "/v1/token", this::token);
        }
    }

    /** Where the client asks: in the workspace or in the account. */
    private WorkspaceId workspace(Request request) {
        String account = request.context().pathParam("account");
        if (account == null) {
            return addressing.account(request)
                    ? WorkspaceId.ACCOUNT
                    : addressing.workspace(request).orElse(WorkspaceId.FIRST);
        }
        if (!account.equals(oauth.place().account())) {
            throw PlatformException.notFound("There is no such account here.");
        }
        return WorkspaceId.ACCOUNT;
    }

    /** RFC 8414, with what OpenID Connect Discovery adds for those who only want to check tokens. */
    private Object discovery(Request request) {
        WorkspaceId workspace = workspace(request);
        String root = IdentityRoutes.host(request) + "/oidc"
                + (workspace.equals(WorkspaceId.ACCOUNT)
                        ? "/accounts/" + oauth.place().account()
                        : "");
        return Map.ofEntries(
                Map.entry("issuer", oauth.place().issuer(workspace)),
                Map.entry("authorization_endpoint", root + "/v1/authorize"),
                Map.entry("token_endpoint", root + "/v1/token"),
                Map.entry("jwks_uri", root + "/jwks.json"),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("response_modes_supported", List.of("query")),
                Map.entry(
                        "grant_types_supported",
                        List.of("client_credentials", "authorization_code", "refresh_token", EXCHANGE)),
                Map.entry("code_challenge_methods_supported", List.of("S256")),
                Map.entry(
                        "token_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post", "none")),
                Map.entry("scopes_supported", List.of("all-apis", "offline_access")),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("id_token_signing_alg_values_supported", List.of("RS256")));
    }

    private Object keys(Request request) {
        WorkspaceId unused = workspace(request);
        return oauth.publicKeys();
    }

    private HttpResponse authorize(Request request) {
        WorkspaceId workspace = workspace(request);
        OauthForm form = OauthForm.ofQuery(request);
        Optional<String> client = form.one("client_id");
        Optional<String> back = form.one("redirect_uri");
        // Before anything else, since what is wrong is told there.
        oauth.logins().requireRedirect(client, back);
        try {
            return authorize(
                    request,
                    workspace,
                    form,
                    new ProgramLogins.Asked(
                            client.orElseThrow(),
                            back.orElseThrow(),
                            form.one("scope"),
                            form.one("code_challenge"),
                            form.one("code_challenge_method")));
        } catch (PlatformException refused) {
            String reason = refused.details().get("reason");
            if (reason == null) {
                throw refused;
            }
            return answer(
                    form, back.orElseThrow(), QueryParams.of("error", reason, "error_description", refused.message()));
        }
    }

    private HttpResponse authorize(Request request, WorkspaceId workspace, OauthForm form, ProgramLogins.Asked asked) {
        if (!form.required("response_type").equals("code")) {
            throw OauthError.UNSUPPORTED_RESPONSE_TYPE.because("response_type must be code.");
        }
        if (form.one("response_mode").filter(mode -> !mode.equals("query")).isPresent()) {
            throw OauthError.INVALID_REQUEST.because("response_mode must be query.");
        }
        boolean quiet = form.one("prompt").filter("none"::equals).isPresent();
        oauth.logins().check(asked);
        Optional<Browser> browser =
                browsers.of(request, Optional.of(workspace).filter(named -> !named.equals(WorkspaceId.ACCOUNT)));
        if (browser.isEmpty() && quiet) {
            throw OauthError.LOGIN_REQUIRED.because("Nobody is signed in.");
        }
        if (browser.isEmpty()) {
            String here = request.rawPath() + "?" + request.context().query();
            return found("/sign-in?" + QueryParams.of("next", here).toQueryString());
        }
        Browser signedIn = browser.get();
        request.foundToBe(signedIn.caller());
        gate.accept(signedIn.caller(), request.address());
        String code = oauth.logins().code(signedIn.caller(), workspace, signedIn.tokenId(), asked);
        return answer(form, asked.redirectUri(), QueryParams.of("code", code));
    }

    private static HttpResponse answer(OauthForm form, String back, QueryParams params) {
        QueryParamsBuilder all = params.toBuilder();
        List<String> states = form.params().getAll("state");
        states.stream().limit(1).forEach(state -> all.add("state", state));
        return found(
                (back.endsWith("/") ? back : back + "/") + "?" + all.build().toQueryString());
    }

    private static HttpResponse found(String where) {
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.FOUND)
                .add("location", where)
                .add("cache-control", "no-store")
                .add("referrer-policy", "no-referrer")
                .build());
    }

    record Token(
            String accessToken,
            Optional<String> issuedTokenType,
            String tokenType,
            long expiresIn,
            String scope,
            Optional<String> refreshToken) {}

    private Object token(Request request) {
        WorkspaceId workspace = workspace(request);
        OauthForm form = OauthForm.ofBody(request);
        String grant = form.required("grant_type");
        String address = request.address().getHostAddress();
        Consumer<Caller> admit = caller -> {
            request.foundToBe(caller);
            gate.accept(caller, request.address());
        };
        Issued issued = switch (grant) {
            case "client_credentials" -> {
                OauthForm.Client client = form.client(request);
                yield oauth.programs()
                        .issue(workspace, client.id(), client.requireSecret(), form.one("scope"), address, admit);
            }
            case "authorization_code" ->
                oauth.logins()
                        .redeem(
                                workspace,
                                publicClient(form, request),
                                form.required("code"),
                                form.one("redirect_uri"),
                                form.one("code_verifier"),
                                address,
                                admit);
            case "refresh_token" ->
                oauth.logins()
                        .refresh(
                                workspace,
                                publicClient(form, request),
                                form.required("refresh_token"),
                                form.one("scope"),
                                address,
                                admit);
            case EXCHANGE -> exchanged(request, workspace, form, admit);
            default ->
                throw OauthError.UNSUPPORTED_GRANT_TYPE.because(
                        "grant_type must be client_credentials, authorization_code, refresh_token or " + EXCHANGE
                                + ".");
        };
        Token shown = new Token(
                issued.accessToken(),
                grant.equals(EXCHANGE) ? Optional.of(ACCESS_TOKEN) : Optional.empty(),
                "Bearer",
                issued.life().toSeconds(),
                issued.scope(),
                issued.refreshToken());
        Reply plain = Reply.json(200, WireJson.mapper().valueToTree(shown));
        return new Reply(
                plain.status(),
                plain.contentType(),
                Map.of("cache-control", "no-store", "pragma", "no-cache"),
                plain.body());
    }

    /** RFC 8693, 2.1. What would make another token of it is refused. */
    private Issued exchanged(Request request, WorkspaceId workspace, OauthForm form, Consumer<Caller> admit) {
        if (!form.required("subject_token_type").equals(JWT)) {
            throw OauthError.INVALID_REQUEST.because("subject_token_type must be " + JWT + ".");
        }
        if (form.one("requested_token_type")
                .filter(type -> !type.equals(ACCESS_TOKEN))
                .isPresent()) {
            throw OauthError.INVALID_REQUEST.because("requested_token_type must be " + ACCESS_TOKEN + ".");
        }
        for (String other : List.of("actor_token", "resource", "audience", "assume_group", "authorization_details")) {
            if (form.one(other).isPresent()) {
                throw OauthError.INVALID_REQUEST.because(other + " is not supported.");
            }
        }
        boolean shown = request.header("authorization").isPresent();
        if (shown || form.one("client_secret").isPresent()) {
            throw OauthError.INVALID_REQUEST.because(
                    "The token is what counts here: no client_secret and no header Authorization.");
        }
        FederatedTokens.Exchanged exchanged = oauth.federated()
                .exchange(
                        workspace,
                        new FederatedTokens.Asked(
                                form.one("client_id"), form.required("subject_token"), form.one("scope")),
                        admit);
        request.found("federation_policy", exchanged.policy());
        return exchanged.issued();
    }

    private static String publicClient(OauthForm form, Request request) {
        OauthForm.Client client = form.client(request);
        if (client.secret().filter(secret -> !secret.isEmpty()).isPresent()) {
            throw OauthError.INVALID_CLIENT.because("This client has no secret.");
        }
        return client.id();
    }
}
