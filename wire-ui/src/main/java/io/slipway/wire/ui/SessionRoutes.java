package io.slipway.wire.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.kit.PlatformException;
import io.slipway.platform.identity.BrowserSessions;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.Identities;
import io.slipway.platform.identity.User;
import io.slipway.wire.databricks.Authenticator;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Cookies;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import io.slipway.wire.databricks.WireJson;
import java.util.Map;
import java.util.Optional;

/** Signing in and out of the web application. */
public final class SessionRoutes {
    private final BrowserSessions sessions;
    private final Identities identities;
    private final Authenticator authenticator;

    public SessionRoutes(BrowserSessions sessions, Identities identities, Authenticator authenticator) {
        this.sessions = sessions;
        this.identities = identities;
        this.authenticator = authenticator;
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/ui-api")
                .open("/session", this::show)
                .open(HttpMethod.POST, "/session", this::begin)
                .delete("/session", this::end)
                .post("/sign-in-links", this::link);
    }

    record Credentials(Optional<String> token, Optional<String> code) {}

    record Shown(long userId, String userName, String displayName, boolean admin, String csrfToken) {}

    /** {@code {}} for somebody who is not signed in: that is no error. */
    private Object show(Call call) {
        Optional<String> secret = Cookies.session(call.request().headers());
        Optional<Caller> caller = secret.flatMap(sessions::authenticate);
        return caller.isPresent() ? shown(caller.get(), secret.get()) : Call.empty();
    }

    private Shown shown(Caller caller, String secret) {
        User user = identities.me(caller);
        return new Shown(
                user.id(), user.userName(), user.displayName(), user.admin(), BrowserSessions.csrfToken(secret));
    }

    private Object begin(Call call) {
        Cookies.requireSameOrigin(call.request().headers());
        Credentials asked = call.body(Credentials.class);
        String secret;
        if (asked.code().isPresent()) {
            secret = sessions.redeem(asked.code().get());
        } else {
            String token = asked.token()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(() -> PlatformException.invalid("Give a token or a code."));
            secret = sessions.begin(authenticator.holder(token), identities.tokenId(token));
        }
        Caller caller = sessions.authenticate(secret).orElseThrow();
        return reply(call, shown(caller, secret), secret, BrowserSessions.IDLE.toSeconds());
    }

    /** What a link begins ends with the token of whoever asked for it, be it that a session stands in between. */
    private Object link(Call call) {
        RequestHeaders headers = call.request().headers();
        Optional<String> tokenId = Authenticator.token(headers)
                .map(identities::tokenId)
                .orElseGet(() -> Cookies.session(headers).flatMap(sessions::tokenId));
        return Map.of("code", sessions.code(call.caller(), tokenId));
    }

    private Object end(Call call) {
        Cookies.session(call.request().headers()).ifPresent(sessions::end);
        return reply(call, Call.empty(), "", 0);
    }

    private static HttpResponse reply(Call call, Object body, String secret, long seconds) {
        boolean tls = call.context().sessionProtocol().isTls();
        String cookie = Cookies.header(call.request().headers(), secret, seconds, tls);
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.SET_COOKIE, cookie)
                .build();
        return HttpResponse.of(
                headers, HttpData.ofUtf8(WireJson.mapper().valueToTree(body).toString()));
    }
}
