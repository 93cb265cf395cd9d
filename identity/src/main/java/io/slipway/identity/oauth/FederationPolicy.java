package io.slipway.identity.oauth;

import io.slipway.identity.oidc.ForeignAddress;
import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.oidc.KeySource;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are exchanged for ours.
 *
 * @param uid never another's
 * @param program the service principal that such a token opens; empty: the token says whom, a policy of the account
 * @param id by which it is asked for, once for each program and once in the account
 * @param stamp another one after each change of {@code rule}
 * @param createdAt epoch milliseconds
 * @param changedAt epoch milliseconds
 */
public record FederationPolicy(
        String uid,
        Optional<PrincipalId> program,
        String id,
        String description,
        Rule rule,
        String stamp,
        long createdAt,
        long changedAt) {
    private static final int MOST_AUDIENCES = 100;
    private static final int LONGEST = 1_000;
    private static final int LONGEST_KEYS = 64 << 10;

    /**
     * What a token must say.
     *
     * @param audiences of which it has one; none: the id of the account
     * @param subject that it names, for a service principal
     * @param subjectClaim where it names whom it is about; empty: {@code sub}
     * @param keysAt where the issuer's keys are; empty, with {@code keys}: its document says so
     * @param keys themselves, as RFC 7517 writes them
     */
    public record Rule(
            String issuer,
            List<String> audiences,
            Optional<String> subject,
            Optional<String> subjectClaim,
            Optional<String> keysAt,
            Optional<String> keys) {
        public Rule {
            audiences = List.copyOf(audiences);
        }

        /** Throws unless it can be kept. */
        void check(boolean ofProgram) {
            ForeignAddress.issuer("oidc_policy.issuer", issuer);
            keysAt.ifPresent(address -> ForeignAddress.checked("oidc_policy.jwks_uri", address));
            if (keysAt.isPresent() && keys.isPresent()) {
                throw PlatformException.invalid("Give oidc_policy.jwks_uri or oidc_policy.jwks_json, not both.");
            }
            keys.ifPresent(text -> {
                if (text.length() > LONGEST_KEYS) {
                    throw PlatformException.invalid(
                            "oidc_policy.jwks_json is longer than " + (LONGEST_KEYS >> 10) + " KB.");
                }
                Issuers.requireKeys("oidc_policy.jwks_json", text);
            });
            if (ofProgram && subject.isEmpty()) {
                throw PlatformException.invalid("Missing required field 'oidc_policy.subject'");
            }
            if (!ofProgram && subject.isPresent()) {
                throw PlatformException.invalid(
                        "oidc_policy.subject must not be set for a policy of the account: each token names its own.");
            }
            if (audiences.size() > MOST_AUDIENCES) {
                throw PlatformException.invalid("oidc_policy.audiences has at most " + MOST_AUDIENCES + " entries.");
            }
            audiences.forEach(each -> text("oidc_policy.audiences", each));
            subject.ifPresent(text -> text("oidc_policy.subject", text));
            subjectClaim.ifPresent(text -> text("oidc_policy.subject_claim", text));
        }

        private static void text(String field, String value) {
            if (value.isBlank() || value.length() > LONGEST) {
                throw PlatformException.invalid(field + " must have 1 to " + LONGEST + " characters.");
            }
        }

        String claim() {
            return subjectClaim.orElse("sub");
        }

        Set<String> audiences(String account) {
            return audiences.isEmpty() ? Set.of(account) : Set.copyOf(audiences);
        }

        KeySource source() {
            return keys.<KeySource>map(KeySource.Given::new)
                    .or(() -> keysAt.map(at -> new KeySource.At(URI.create(at))))
                    .orElseGet(() -> new KeySource.OfIssuer(issuer));
        }
    }

    /** As the wire names it, and the audit log. */
    public String name(String account) {
        return "accounts/" + account
                + program.map(id -> "/servicePrincipals/" + id).orElse("") + "/federationPolicies/" + id;
    }
}
