package io.slipway.wire.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.identity.BrowserSessions;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.oidc.ProviderSignIn;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Request;
import io.slipway.wire.ShownToken;
import io.slipway.wire.WireJson;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Signing in and out of the web application. */
public final class SessionRoutes {
    private final IdentityArea identity;
    private final BrowserSessions sessions;
    private final Addressing addressing;
    private final Holders holders;
    private final BiConsumer<Caller, InetAddress> gate;
    private final Optional<ProviderSignIn> provider;

    /** Finds the holder of a token in the workspace that is named, or refuses it. */
    public interface Holders {
        Caller of(String token, Optional<WorkspaceId> named);
    }

    /**
     * @param gate refuses an address for a caller: no credentials stand before most of these routes
     * @param provider by which people sign in too
     */
    public SessionRoutes(
            IdentityArea identity,
            Addressing addressing,
            Holders holders,
            BiConsumer<Caller, InetAddress> gate,
            Optional<ProviderSignIn> provider) {
        this.provider = provider;
        this.identity = identity;
        this.sessions = identity.sessions();
        this.addressing = addressing;
        this.holders = holders;
        this.gate = gate;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api")
                .open("/session", this::show)
                .open(HttpMethod.POST, "/session", this::begin)
                .delete("/session", this::end)
                .open("/provider", this::provider)
                .open(HttpMethod.POST, "/provider", this::toProvider)
                .open("/invitation", this::invited)
                .open(HttpMethod.POST, "/password", this::choose)
                .put("/password", this::changePassword)
                .post("/invitations", this::invite)
                .post("/sign-in-links", this::link);
    }

    record Credentials(
            Optional<String> token,
            Optional<String> code,
            Optional<String> userName,
            Optional<String> password,
            Optional<Returned> provider) {}

    /** With what the provider has sent the browser back (OpenID Connect Core 1.0, 3.1.2.5 and 3.1.2.6). */
    record Returned(Optional<String> state, Optional<String> code, Optional<String> iss, Optional<String> error) {
        ProviderSignIn.Answer answer() {
            return new ProviderSignIn.Answer(state, code, iss, error);
        }
    }

    record Shown(
            long userId,
            String userName,
            String displayName,
            boolean admin,
            boolean accountAdmin,
            long workspaceId,
            String csrfToken) {}

    /** {@code {}} for somebody who is not signed in: that is no error. */
    private Object show(Request request) {
        Optional<String> secret = Cookies.session(request);
        Optional<WorkspaceId> named = addressing.workspace(request);
        Optional<Caller> caller = secret.flatMap(known -> sessions.authenticate(known, named));
        caller.ifPresent(known -> {
            request.foundToBe(known);
            gate.accept(known, request.address());
        });
        return caller.isPresent() ? shown(caller.get(), secret.get()) : Request.nothing();
    }

    private Shown shown(Caller caller, String secret) {
        Entry user = identity.directory().me(caller);
        return new Shown(
                user.id().number(),
                user.content().name(),
                user.content().profile().displayName(),
                user.admin(),
                identity.directory().administersAccount(caller),
                caller.workspace().number(),
                BrowserSessions.csrfToken(secret));
    }

    private Object begin(Request request) {
        Cookies.requireSameOrigin(request.headers());
        Credentials asked = request.body(Credentials.class);
        String secret;
        if (asked.provider().isPresent()) {
            secret = provided()
                    .finish(
                            Cookies.attempt(request),
                            asked.provider().get().answer(),
                            back(request),
                            request.address().getHostAddress(),
                            addressing.workspace(request));
        } else if (asked.code().isPresent()) {
            secret = sessions.redeem(asked.code().get());
        } else if (asked.userName().isPresent()) {
            secret = identity.passwords()
                    .signIn(
                            asked.userName().get(),
                            asked.password().orElse(""),
                            request.address().getHostAddress(),
                            addressing.workspace(request));
        } else {
            String token = asked.token()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(
                            () -> PlatformException.invalid("Give a token, a code, or a user name and a password."));
            Caller holder = holders.of(token, addressing.workspace(request));
            request.foundToBe(holder);
            gate.accept(holder, request.address());
            secret = sessions.begin(holder, Optional.of(personal(token)));
        }
        return begun(request, secret);
    }

    /** {@code {}} where people sign in by passwords and tokens only. */
    private Object provider(Request request) {
        return provider.<Object>map(known -> Map.of("name", known.name())).orElse(Request.nothing());
    }

    private ProviderSignIn provided() {
        return provider.orElseThrow(() -> PlatformException.notFound("Nobody signs in by a provider here."));
    }

    /** Where the browser goes; what it keeps meanwhile is in its cookie. */
    private Object toProvider(Request request) {
        Cookies.requireSameOrigin(request.headers());
        ProviderSignIn.Begun begun = provided().begin(back(request));
        return reply(
                Map.of("location", begun.location()),
                Cookies.attemptHeader(request, begun.attempt(), ProviderSignIn.LIFE.toSeconds()));
    }

    /** The page to which the provider sends the browser: of the host that it has asked, since its cookies are of that host. */
    private static String back(Request request) {
        return (request.tls() ? "https://" : "http://") + request.headers().authority() + "/sign-in";
    }

    private Object begun(Request request, String secret) {
        Caller caller = sessions.authenticate(secret).orElseThrow();
        request.foundToBe(caller);
        try {
            gate.accept(caller, request.address());
        } catch (PlatformException refused) {
            sessions.end(secret);
            throw refused;
        }
        return reply(request, shown(caller, secret), secret, BrowserSessions.IDLE.toSeconds());
    }

    record Invitation(long userId) {}

    /** The code of a link; whoever opens it chooses the user's password. */
    private Object invite(Request request) {
        Invitation asked = request.body(Invitation.class);
        return Map.of("code", identity.passwords().invite(request.caller(), new PrincipalId(asked.userId())));
    }

    private Object invited(Request request) {
        return Map.of(
                "user_name", invited(request, request.query("code").orElse("")).name());
    }

    private Caller invited(Request request, String code) {
        Caller user = identity.passwords().invited(code);
        request.foundToBe(user);
        gate.accept(user, request.address());
        return user;
    }

    record Chosen(Optional<String> code, Optional<String> password) {}

    private Object choose(Request request) {
        Cookies.requireSameOrigin(request.headers());
        Chosen asked = request.body(Chosen.class);
        String code = asked.code().orElse("");
        // Before the link is used up and the password is another.
        invited(request, code);
        return begun(request, identity.passwords().choose(code, asked.password().orElse("")));
    }

    record Changed(Optional<String> before, Optional<String> after) {}

    /** Ends all sessions of the user but one that begins now. */
    private Object changePassword(Request request) {
        Changed asked = request.body(Changed.class);
        identity.passwords()
                .change(
                        request.caller(),
                        asked.before().orElse(""),
                        asked.after().orElse(""));
        return begun(request, sessions.begin(request.caller(), Optional.empty()));
    }

    /** What a link begins ends with the token of whoever asked for it, be it that a session stands in between. */
    private Object link(Request request) {
        RequestHeaders headers = request.headers();
        Optional<String> tokenId = ShownToken.in(headers)
                .map(this::personal)
                .or(() -> Cookies.session(request).flatMap(sessions::tokenId));
        return Map.of("code", sessions.code(request.caller(), tokenId));
    }

    /** The id of a personal access token. What is there for an hour, or for code on a cluster, begins no session, which would outlive it. */
    private String personal(String token) {
        return identity.identities()
                .tokenId(token)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.PERMISSION_DENIED, "Only personal access tokens begin sessions of browsers."));
    }

    private Object end(Request request) {
        Cookies.session(request).ifPresent(sessions::end);
        return reply(request, Request.nothing(), "", 0);
    }

    private static HttpResponse reply(Request request, Object body, String secret, long seconds) {
        String cookie = Cookies.header(request.headers(), secret, seconds, request.tls());
        return Cookies.attempt(request).isPresent()
                ? reply(body, cookie, Cookies.attemptHeader(request, "", 0))
                : reply(body, cookie);
    }

    private static HttpResponse reply(Object body, String... cookies) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.SET_COOKIE, List.of(cookies))
                .build();
        return HttpResponse.of(
                headers, HttpData.ofUtf8(WireJson.mapper().valueToTree(body).toString()));
    }
}
