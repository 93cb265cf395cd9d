package io.slipway.wire.databricks;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.identity.BrowserSessions;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.setting.SettingRoom;
import io.slipway.identity.testing.People;
import io.slipway.identity.workspace.WorkspaceRoom;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import io.slipway.wire.Addressing;
import io.slipway.wire.BodyBudget;
import io.slipway.wire.Credentials;
import io.slipway.wire.Engine;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.account.AccountApi;
import io.slipway.wire.databricks.account.AccountPartRoutes;
import io.slipway.wire.databricks.account.AccountRefusals;
import io.slipway.wire.databricks.account.AccountWorkspaceRoutes;
import io.slipway.wire.databricks.account.AssignmentRoutes;
import io.slipway.wire.databricks.identity.AccessListRoutes;
import io.slipway.wire.databricks.identity.AccountCredentials;
import io.slipway.wire.databricks.identity.FederationPolicyRoutes;
import io.slipway.wire.databricks.identity.GroupRoutes;
import io.slipway.wire.databricks.identity.IdentityRoutes;
import io.slipway.wire.databricks.identity.OauthRoutes;
import io.slipway.wire.databricks.identity.ProgramSecretRoutes;
import io.slipway.wire.databricks.identity.ScimRoutes;
import io.slipway.wire.databricks.identity.TokenRoutes;
import io.slipway.wire.databricks.identity.TypedSettingRoutes;
import io.slipway.wire.databricks.identity.WorkspaceConfRoutes;
import io.slipway.wire.databricks.permission.RuleSetRoutes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A real server on a free port with a throw-away database, for tests of one family of routes. */
public final class WireServer implements AutoCloseable {
    public static final String ACCOUNT = "00000000-0000-4000-8000-000000000001";

    private final Database database;
    private final Server server;
    private final IdentityArea identity;
    private final String token;

    private WireServer(Database database, Server server, IdentityArea identity, String token) {
        this.database = database;
        this.server = server;
        this.identity = identity;
        this.token = token;
    }

    /** What a family of routes under test is built from. */
    public record Parts(Base base, DatabricksApi api) {}

    public static WireServer start(Path folder, Consumer<Parts> family) {
        Clock clock = Clock.system();
        return start(folder, clock, Ids.system(clock), family);
    }

    /** With times and ids that are the same each time. */
    public static WireServer start(Path folder, Clock clock, Ids ids, Consumer<Parts> family) {
        Database database = TestDatabases.sqlite(folder);
        Base base = TestBase.of(database, clock, ids);
        SettingRoom settings = new SettingRoom(base, new Permissions());
        IdentityArea identity = new IdentityArea(base, new byte[32], settings.typed()::adminsRestricted);
        Identities identities = identity.identities();
        Caller admin = identities.bootstrapAdmin("admin@example.com").orElseThrow();
        String token = identities.createToken(admin, "test", Optional.empty()).value();
        Routes routes = new Routes();
        OauthRoom oauth = new OauthRoom(
                base, identity, new Issuers(clock), new OauthRoom.Place("https://slipway.example/oidc", ACCOUNT));
        WorkspaceRoom workspaces = new WorkspaceRoom(base, identity);
        Addressing addressing = new Addressing("localhost", workspaces.workspaces()::at);
        Credentials credentials = new TokenCredentials(oauth::holder, addressing);
        DatabricksApi api = new DatabricksApi(routes, credentials);
        api.ground();
        AccountApi account = AccountApi.of(
                api, ACCOUNT, new AccountCredentials(ACCOUNT, credentials, oauth::accountHolder, identities));
        new IdentityRoutes(addressing, ACCOUNT).add(api);
        new OauthRoutes(
                        oauth,
                        addressing,
                        (request, named) -> browser(identity.sessions(), request.headers()),
                        (caller, address) -> {})
                .add(api);
        new ProgramSecretRoutes(oauth.secrets()).add(api, account);
        new RuleSetRoutes(identity.ruleSets(), ACCOUNT).add(api, account);
        new FederationPolicyRoutes(oauth.policies(), ACCOUNT).add(account);
        ScimRoutes scim = new ScimRoutes(identity.directory());
        scim.add(api);
        scim.add(account);
        new AccountWorkspaceRoutes(workspaces.workspaces(), ACCOUNT, addressing).add(account);
        new AccountPartRoutes(workspaces.parts(), ACCOUNT).add(account);
        new AssignmentRoutes(workspaces.workspaces(), identity.assignments()).add(account);
        new AccountRefusals().add(account);
        new GroupRoutes(identity.directory()).add(api);
        new TokenRoutes(identities, identity.workspaceTokens(), settings).add(api);
        new WorkspaceConfRoutes(settings.conf()).add(api);
        new AccessListRoutes(settings.lists()).add(api);
        new TypedSettingRoutes(settings.typed()).add(api);
        family.accept(new Parts(base, api));
        ServerBuilder builder = Server.builder().http(0).maxRequestLength(Engine.LONGEST_BODY);
        // Little patience, so that tests of clients that stall end soon.
        new Engine(base.ids(), BodyBudget.ofProcess(), Duration.ofSeconds(4)).install(builder, routes);
        Server server = builder.build();
        server.start().join();
        return new WireServer(database, server, identity, token);
    }

    private static Optional<OauthRoutes.Browser> browser(BrowserSessions sessions, RequestHeaders headers) {
        return headers.cookies().stream()
                .filter(cookie -> cookie.name().equals("session"))
                .map(Cookie::value)
                .findFirst()
                .flatMap(secret -> sessions.authenticate(secret)
                        .map(caller -> new OauthRoutes.Browser(caller, sessions.tokenId(secret))));
    }

    /** The cookie of a browser with which this user has signed in. */
    public String browserOf(Caller user) {
        People.known(database, user);
        return "session=" + identity.sessions().begin(user, Optional.empty());
    }

    public String url() {
        return "http://127.0.0.1:" + server.activeLocalPort();
    }

    /** Of the admin. */
    public String token() {
        return token;
    }

    /** Of a further user, who is made known by it. */
    public String tokenOf(Caller user) {
        People.known(database, user);
        return identity.identities().createToken(user, "test", Optional.empty()).value();
    }

    @Override
    public void close() {
        server.stop().join();
        database.close();
    }
}
