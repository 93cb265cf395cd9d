package io.slipway.identity.oidc;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.URI;
import java.util.Set;

/** Addresses of others that the server asks: by TLS, unless they are on this machine. */
public final class ForeignAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST = 2_000;

    private ForeignAddress() {}

    /**
     * @param what has this address, for the refusal: {@code issuer}
     * @throws PlatformException INVALID_PARAMETER_VALUE
     */
    public static URI checked(String what, String text) {
        try {
            URI uri = URI.create(text);
            if (good(uri) && text.length() <= LONGEST) {
                return uri;
            }
        } catch (IllegalArgumentException noAddress) {
            throw new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, refusal(what), noAddress);
        }
        throw PlatformException.invalid(refusal(what));
    }

    /** As {@link #checked}, of who issues tokens: their address is a name, which has no query (OpenID Connect Discovery, 3). */
    public static URI issuer(String what, String text) {
        URI uri = checked(what, text);
        if (uri.getRawQuery() != null) {
            throw PlatformException.invalid(what + " must have no query.");
        }
        return uri;
    }

    private static String refusal(String what) {
        return what + " must be an address that begins with https://; http:// is taken on localhost only.";
    }

    private static boolean good(URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host));
    }
}
