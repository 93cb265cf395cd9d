package io.slipway.wire.ui;

import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the user behind the session cookie of a browser; changes by a session must show its CSRF token. A request with an
 * {@code Authorization} header, or without a cookie, is the matter of other credentials.
 */
public final class SessionCredentials implements Credentials {
    private final Function<String, Optional<Caller>> sessions;
    private final Credentials others;

    /** @param sessions finds the user of a session's secret */
    public SessionCredentials(Function<String, Optional<Caller>> sessions, Credentials others) {
        this.sessions = sessions;
        this.others = others;
    }

    @Override
    public Caller caller(Request request) {
        RequestHeaders headers = request.headers();
        Optional<String> cookie = Cookies.session(headers);
        if (cookie.isEmpty() || headers.contains("authorization")) {
            return others.caller(request);
        }
        Cookies.check(headers, cookie.get());
        return sessions.apply(cookie.get())
                .orElseThrow(
                        () -> new PlatformException(ErrorCode.UNAUTHENTICATED, "The session is over. Sign in again."));
    }
}
