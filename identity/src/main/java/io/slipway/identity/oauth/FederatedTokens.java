package io.slipway.identity.oauth;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Principal;
import io.slipway.identity.oidc.ForeignToken;
import io.slipway.identity.oidc.Issuers;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives tokens for those of other issuers (RFC 8693), as a {@link FederationPolicy} says: of a service principal, if the program names
 * one, else of the account. What the other token says counts at the exchange; ours then lasts its hour, or as long as its policy and its
 * principal.
 */
public final class FederatedTokens {
    private final Database database;
    private final Identities identities;
    private final Issuers issuers;
    private final AccessTokens tokens;
    private final OauthRoom.Place place;
    private final FederationStore store = new FederationStore();

    FederatedTokens(Base base, Identities identities, Issuers issuers, AccessTokens tokens, OauthRoom.Place place) {
        this.database = base.database();
        this.identities = identities;
        this.issuers = issuers;
        this.tokens = tokens;
        this.place = place;
    }

    /**
     * What a program brings.
     *
     * @param client the application id of a service principal; empty: by a policy of the account
     * @param token of the other issuer
     */
    public record Asked(Optional<String> client, String token, Optional<String> scope) {}

    /** @param policy that has let it in, as {@link FederationPolicy#name} says it */
    public record Exchanged(Issued issued, String policy) {}

    /** A policy that takes the token, and whom it names. */
    private record Match(FederationPolicy policy, PrincipalId principal) {}

    /**
     * @param workspace where the program wants to act; the account too
     * @param admit refuses an address from which the caller may not come
     */
    public Exchanged exchange(WorkspaceId workspace, Asked asked, Consumer<Caller> admit) {
        Scopes.of(asked.scope());
        Match match = match(asked);
        Caller caller = identities
                .caller(workspace, match.principal())
                .orElseThrow(() -> refused("The principal of this token is not active, or not in "
                        + (workspace.equals(WorkspaceId.ACCOUNT) ? "the account." : "workspace " + workspace + ".")));
        admit.accept(caller);
        FederationPolicy policy = match.policy();
        String name = policy.name(place.account());
        Grant grant = new Grant(
                Grant.Kind.POLICY,
                policy.stamp(),
                workspace,
                caller.id(),
                asked.client().orElse(name));
        return new Exchanged(
                new Issued(tokens.issue(caller, grant), AccessTokens.LIFE, Scopes.KNOWN.get(0), Optional.empty()),
                name);
    }

    /** By the first policy that takes it. If none does, the last one's reason is told: the program's own token is at fault. */
    private Match match(Asked asked) {
        String issuer = believed(() -> Issuers.claimedIssuer(asked.token()));
        List<FederationPolicy> policies = database
                .read(handle -> asked.client()
                        .map(client -> store.ofClient(handle, client))
                        .orElseGet(() -> store.list(handle, Optional.empty())))
                .stream()
                .filter(policy -> policy.rule().issuer().equals(issuer))
                .toList();
        PlatformException why = refused("No federation policy "
                + asked.client().map(client -> "of " + client).orElse("of the account")
                + " takes tokens of this issuer.");
        for (FederationPolicy policy : policies) {
            try {
                return new Match(policy, principal(policy, asked.token()));
            } catch (PlatformException other) {
                why = other;
            }
        }
        throw why;
    }

    private PrincipalId principal(FederationPolicy policy, String text) {
        FederationPolicy.Rule rule = policy.rule();
        ForeignToken token =
                believed(() -> issuers.checked(text, rule.issuer(), rule.audiences(place.account()), rule.source()));
        String subject = token.claims()
                .text(rule.claim())
                .orElseThrow(() -> refused("The token is refused: it has no text in the claim " + rule.claim() + "."));
        if (policy.program().isPresent()) {
            if (!rule.subject().equals(Optional.of(subject))) {
                throw refused("The token is refused: its " + rule.claim() + " is not the subject of the policy.");
            }
            return policy.program().get();
        }
        return identities
                .actor(subject)
                .map(Principal::id)
                .orElseThrow(() -> refused("The token is refused: its " + rule.claim()
                        + " names no user and no service principal of the account."));
    }

    /** What is wrong with a token is told in the words of OAuth; that its keys cannot be read now is no fault of it. */
    private static <T> T believed(Supplier<T> check) {
        try {
            return check.get();
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.UNAUTHENTICATED) {
                throw refused(e.message());
            }
            throw e;
        }
    }

    private static PlatformException refused(String why) {
        return OauthError.INVALID_GRANT.because(why);
    }
}
