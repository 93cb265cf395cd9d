package io.slipway.wire.ui;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.identity.BrowserSessions;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.setting.SettingRoom;
import io.slipway.identity.testing.People;
import io.slipway.identity.workspace.WorkspaceRoom;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Fact;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import io.slipway.wire.Addressing;
import io.slipway.wire.AdmittedCredentials;
import io.slipway.wire.Credentials;
import io.slipway.wire.Engine;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.TokenCredentials;
import io.slipway.wire.databricks.identity.IdentityRoutes;
import io.slipway.wire.databricks.identity.ScimRoutes;
import io.slipway.wire.databricks.identity.TokenRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A real server with sessions, events and the application's files, on a clock that tests move, and a browser without pages. */
final class UiServer implements AutoCloseable {
    private final AtomicLong millis = new AtomicLong(BEGIN);
    private final Timer timer = Timer.system("test");
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Database database;
    private final Base base;
    private final Server server;
    private final String token;
    private final String passing;
    private volatile boolean closed;

    /** When its clock begins. */
    static final long BEGIN = 1_700_000_000_000L;

    UiServer(Path folder) {
        this(folder, OidcRoom.Settings.NONE);
    }

    /** @param oidc by which provider people sign in */
    UiServer(Path folder, OidcRoom.Settings oidc) {
        Clock clock = millis::get;
        Ids ids = Ids.system(clock);
        database = TestDatabases.sqlite(folder);
        base = TestBase.of(database, clock, ids);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        Identities identities = identity.identities();
        BrowserSessions sessions = identity.sessions();
        Caller admin = identities.bootstrapAdmin("admin@example.com").orElseThrow();
        passing = identity.tokens().issue(admin.workspace(), admin.id(), Duration.ofHours(1));
        token = identities.createToken(admin, "test", Optional.empty()).value();
        WorkspaceRoom workspaces = new WorkspaceRoom(base, identity);
        Addressing addressing = new Addressing("localhost", workspaces.workspaces()::at);
        TokenCredentials holders = new TokenCredentials((value, named) -> identity.holder(value), addressing);
        Credentials credentials = new AdmittedCredentials(
                new SessionCredentials(sessions::authenticate, addressing, holders), this::admit);
        Routes routes = new Routes();
        UiApi ui = new UiApi(routes, credentials);
        ui.ground();
        DatabricksApi api = new DatabricksApi(routes, credentials);
        api.ground();
        new IdentityRoutes(addressing, "00000000-0000-4000-8000-000000000001").add(api);
        new ScimRoutes(identity.directory()).add(api);
        SettingRoom settings = new SettingRoom(base, identity.permissions());
        new TokenRoutes(identities, identity.workspaceTokens(), settings).add(api);
        new WorkspaceRoutes(workspaces.workspaces(), sessions, addressing).add(ui);
        new SessionRoutes(
                        identity, addressing, holders::holder, this::admit, new OidcRoom(base, identity, oidc).signIn())
                .add(ui);
        new EventRoutes(new ChangeFeed(base, timer, reader), credentials, UiServer::look).add(ui);
        ServerBuilder builder = Server.builder().http(0);
        new Engine(ids).install(builder, routes);
        new AppFiles().install(builder);
        server = builder.build();
        server.start().join();
    }

    /** Whoever is no admin sees runs and no clusters; what was in the tree has gone. */
    private static void look(Caller caller, String kind, String id) {
        switch (Kind.of(kind)) {
            case CLUSTER -> throw new PlatformException(ErrorCode.PERMISSION_DENIED, "not yours");
            case TREE -> throw PlatformException.notFound("not there");
            default -> {}
        }
    }

    /** Of a user who is no admin. */
    String tokenOf(Caller user) {
        People.known(database, user);
        return new Identities(base).createToken(user, "test", Optional.empty()).value();
    }

    private void admit(Caller caller, InetAddress address) {
        if (closed) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED, caller.name() + " not from " + address.getHostAddress());
        }
    }

    /** From now on nobody may come from this address, or everybody again. */
    void close(boolean gate) {
        closed = gate;
    }

    /** As code on a cluster has it. */
    String passing() {
        return passing;
    }

    String token() {
        return token;
    }

    int port() {
        return server.activeLocalPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    HttpClient http() {
        return http;
    }

    void later(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    /** Something happens in the workspace of {@link #token}. */
    void happens(Kind kind) {
        happens(kind, WorkspaceId.FIRST);
    }

    void happens(Kind kind, WorkspaceId workspace) {
        database.change(tx ->
                base.facts().tell(tx, PrincipalId.SYSTEM, new Ended(Ref.of(kind, workspace, "42"), "/Users/somebody")));
    }

    private record Ended(Ref subject, String path) implements Fact {}

    /** @param headers names and values, in turns */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Signs in with the token; gives the cookie as a browser sends it back. */
    String signIn() throws IOException, InterruptedException {
        return cookie(send("POST", "/ui-api/session", "{\"token\":\"" + token + "\"}"));
    }

    static String cookie(HttpResponse<String> response) {
        List<String> set = response.headers().allValues("set-cookie");
        return set.isEmpty() ? "" : set.get(0).substring(0, set.get(0).indexOf(';'));
    }

    @Override
    public void close() {
        server.stop().join();
        timer.close();
        reader.shutdownNow();
        database.close();
    }
}
