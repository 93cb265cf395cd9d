package io.slipway.wire.ui;

import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import java.util.Optional;

/**
 * Finds the user behind the session cookie of a browser; changes by a session must show its CSRF token. A request with an
 * {@code Authorization} header, or without a cookie, is the matter of other credentials.
 */
public final class SessionCredentials implements Credentials {
    /** Finds the user of a session's secret, in the workspace that is named. */
    public interface Sessions {
        Optional<Caller> user(String secret, Optional<WorkspaceId> named);
    }

    private final Sessions sessions;
    private final Addressing addressing;
    private final Credentials others;

    public SessionCredentials(Sessions sessions, Addressing addressing, Credentials others) {
        this.sessions = sessions;
        this.addressing = addressing;
        this.others = others;
    }

    @Override
    public Caller caller(Request request) {
        RequestHeaders headers = request.headers();
        Optional<String> cookie = Cookies.session(request);
        if (cookie.isEmpty() || headers.contains("authorization")) {
            return others.caller(request);
        }
        Cookies.check(headers, cookie.get());
        return sessions.user(cookie.get(), addressing.workspace(request))
                .orElseThrow(
                        () -> new PlatformException(ErrorCode.UNAUTHENTICATED, "The session is over. Sign in again."));
    }
}
