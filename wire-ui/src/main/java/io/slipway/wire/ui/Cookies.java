package io.slipway.wire.ui;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.identity.BrowserSessions;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The browser's side of a session: its cookie, and the checks that a request with it comes from our own pages. */
public final class Cookies {
    public static final String CSRF_HEADER = "x-csrf-token";

    private static final String SESSION = "slipway_session";
    /** Of a sign-in that is under way. */
    private static final String ATTEMPT = "slipway_sign_in";

    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})$");
    /** With CONNECT a WebSocket begins on HTTP/2 (RFC 8441), where it is GET on HTTP/1.1; browsers add no header to it. */
    private static final Set<HttpMethod> LOOKS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.CONNECT);

    private Cookies() {}

    /**
     * Browsers keep the cookies of all ports of a host together (RFC 6265, 8.5). The port that the browser asked for is in the name,
     * so that platforms beside each other do not take each other's sessions away. Under TLS the name begins so that browsers take the
     * cookie from this host alone (RFC 6265bis, 4.1.3): another name of the same domain cannot slip one in.
     */
    static String name(RequestHeaders headers, boolean tls) {
        return name(SESSION, headers, tls);
    }

    private static String name(String what, RequestHeaders headers, boolean tls) {
        String plain = tls ? "__Host-" + what : what;
        Matcher port = PORT.matcher(Optional.ofNullable(headers.authority()).orElse(""));
        return port.find() ? plain + "_" + port.group(1) : plain;
    }

    /** The secret of the request's session. */
    public static Optional<String> session(Request request) {
        return session(request.headers(), request.tls());
    }

    static Optional<String> session(RequestHeaders headers, boolean tls) {
        return value(headers, name(headers, tls));
    }

    /** What the browser keeps of a sign-in that is under way. */
    static Optional<String> attempt(Request request) {
        return value(request.headers(), name(ATTEMPT, request.headers(), request.tls()));
    }

    private static Optional<String> value(RequestHeaders headers, String name) {
        return headers.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A {@code Set-Cookie} that begins a session for the browser that sent {@code request}, or ends it if {@code seconds} is 0. */
    public static String header(RequestHeaders request, String secret, long seconds, boolean tls) {
        return header(name(request, tls), secret, seconds, tls, "Lax");
    }

    /** A {@code Set-Cookie} of a sign-in that is under way; only our own pages send it back. */
    static String attemptHeader(Request request, String attempt, long seconds) {
        boolean tls = request.tls();
        return header(name(ATTEMPT, request.headers(), tls), attempt, seconds, tls, "Strict");
    }

    private static String header(String name, String value, long seconds, boolean tls, String sameSite) {
        return Cookie.secureBuilder(name, value)
                .secure(tls)
                .httpOnly(true)
                .sameSite(sameSite)
                .path("/")
                .maxAge(seconds)
                .build()
                .toSetCookieHeader();
    }

    /** Refuses what another site's page has sent, and changes that do not show the session's token. */
    static void check(RequestHeaders headers, String secret) {
        requireSameOrigin(headers);
        String shown = headers.get(CSRF_HEADER, "");
        if (!LOOKS.contains(headers.method()) && !SessionTokens.sameBytes(BrowserSessions.csrfToken(secret), shown)) {
            throw refused("The header X-CSRF-Token is missing or wrong. Reload the page.");
        }
    }

    /**
     * Browsers say where a request comes from: {@code Sec-Fetch-Site} on trustworthy addresses, {@code Origin} with everything but
     * plain looks. What says neither is no script of another site.
     */
    public static void requireSameOrigin(RequestHeaders headers) {
        String site = headers.get("sec-fetch-site", "");
        boolean elsewhere = site.isEmpty()
                ? Optional.ofNullable(headers.get("origin"))
                        .filter(origin -> !sameHost(origin, headers))
                        .isPresent()
                : !List.of("same-origin", "none").contains(site);
        if (elsewhere) {
            throw refused("A page of another site cannot use this session.");
        }
    }

    private static boolean sameHost(String origin, RequestHeaders headers) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(headers.authority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static PlatformException refused(String why) {
        return new PlatformException(ErrorCode.PERMISSION_DENIED, why);
    }
}
