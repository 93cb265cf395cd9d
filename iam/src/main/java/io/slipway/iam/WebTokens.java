package io.slipway.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether a token is of an issuer. Handed in by whoever puts the platform together, since issuers are asked over the network. */
@FunctionalInterface
public interface WebTokens {
    /** Claims by their names, as texts; empty: the issuer has not signed this token. Whether it is over is looked at by whoever asks. */
    Optional<Map<String, List<String>>> claims(String issuer, String token);
}
