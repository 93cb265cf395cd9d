package io.slipway.identity.oauth;

import io.slipway.identity.Secrets;
import io.slipway.identity.SessionTokens;
import java.util.Optional;
import java.util.regex.Pattern;

/** That whoever brings a code is who has asked for it (RFC 7636). Only S256: a plain challenge tells its verifier to who sees it. */
final class Pkce {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    static String requireChallenge(Optional<String> challenge, Optional<String> method) {
        if (method.filter("S256"::equals).isEmpty()) {
            throw OauthError.INVALID_REQUEST.because("code_challenge_method must be S256.");
        }
        return challenge
                .filter(value -> CHALLENGE.matcher(value).matches())
                .orElseThrow(() -> OauthError.INVALID_REQUEST.because(
                        "code_challenge must be a SHA-256 in base64url without padding."));
    }

    static boolean answers(Optional<String> verifier, String challenge) {
        return verifier.filter(value -> VERIFIER.matcher(value).matches())
                .filter(value -> SessionTokens.sameBytes(Secrets.challenge(value), challenge))
                .isPresent();
    }
}
