package io.slipway.identity.oauth;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.IdentityFact;
import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.secret.KeySealing;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Tx;
import java.util.Map;
import java.util.Optional;

/** OAuth, put together. */
public final class OauthRoom {
    private final IdentityArea identity;
    private final Place place;
    private final SigningKeys keys;
    private final AccessTokens tokens;
    private final ProgramSecrets secrets;
    private final ProgramTokens programs;
    private final ProgramLogins logins;
    private final FederationPolicies policies;
    private final FederatedTokens federated;
    private final OauthStore store = new OauthStore();

    /**
     * What tokens say of where they are from and what they are for.
     *
     * @param root the address below which keys and documents are
     * @param account the id of the account
     */
    public record Place(String root, String account) {
        public String issuer(WorkspaceId workspace) {
            return workspace.equals(WorkspaceId.ACCOUNT) ? root + "/accounts/" + account : root;
        }

        /** Whether tokens of this issuer are signed here. */
        public boolean owns(String issuer) {
            return issuer.equals(root) || issuer.equals(issuer(WorkspaceId.ACCOUNT));
        }

        String audience(WorkspaceId workspace) {
            return workspace.equals(WorkspaceId.ACCOUNT) ? account : workspace.toString();
        }
    }

    /** @param issuers whose tokens may be exchanged */
    public OauthRoom(Base base, IdentityArea identity, Issuers issuers, Place place) {
        this.identity = identity;
        this.place = place;
        keys = new SigningKeys(base, new KeySealing(identity.tokens(), base.ids()));
        tokens = new AccessTokens(base, identity.identities(), keys, place);
        secrets = new ProgramSecrets(base, identity.directory());
        programs = new ProgramTokens(base, identity.identities(), tokens);
        logins = new ProgramLogins(base, identity.identities(), tokens);
        policies = new FederationPolicies(base, identity.permissions(), identity.directory());
        federated = new FederatedTokens(base, identity.identities(), issuers, tokens, place);
        base.facts().on(IdentityFact.PasswordChanged.class, (tx, fact) -> ended(tx, fact.subject()));
        base.facts().on(IdentityFact.Deleted.class, (tx, fact) -> ended(tx, fact.subject()));
    }

    /** Whoever has gone, or has another password since somebody knew theirs, has let nobody do anything. */
    private void ended(Tx tx, Ref subject) {
        if (subject.kind() == Kind.USER || subject.kind() == Kind.SERVICE_PRINCIPAL) {
            PrincipalId id = new PrincipalId(Long.parseLong(subject.id()));
            logins.endAll(tx, id);
            store.deleteSecretsOfGone(tx.sql(), id);
            new FederationStore().deleteOfGone(tx.sql(), id);
        }
    }

    public ProgramSecrets secrets() {
        return secrets;
    }

    public ProgramTokens programs() {
        return programs;
    }

    public ProgramLogins logins() {
        return logins;
    }

    public FederationPolicies policies() {
        return policies;
    }

    public FederatedTokens federated() {
        return federated;
    }

    /** With which anybody checks tokens, as RFC 7517 writes it. */
    public Map<String, Object> publicKeys() {
        return keys.published();
    }

    public Place place() {
        return place;
    }

    /**
     * Who holds this token, of whatever kind, in a workspace: that of the token; with one of the account, the one that is named. Empty:
     * unknown, revoked or expired, or of the account and no workspace is named.
     *
     * @throws PlatformException PERMISSION_DENIED if it opens nothing in the workspace that is named
     */
    public Optional<Caller> holder(String token, Optional<WorkspaceId> named) {
        return identity.holder(token).or(() -> tokens.holder(token)).flatMap(caller -> {
            if (caller.workspace().equals(WorkspaceId.ACCOUNT)) {
                return named.map(workspace -> identity.identities()
                        .caller(workspace, caller.id())
                        .orElseThrow(() -> denied(caller.name() + " is not in workspace " + workspace + ".")));
            }
            named.filter(other -> !other.equals(caller.workspace())).ifPresent(other -> {
                throw denied("This token is of workspace " + caller.workspace() + ", and the request names workspace "
                        + other + ".");
            });
            return Optional.of(caller);
        });
    }

    private static PlatformException denied(String why) {
        return new PlatformException(ErrorCode.PERMISSION_DENIED, why);
    }

    /** Who holds this token of the account. */
    public Optional<Caller> accountHolder(String token) {
        return tokens.holder(token).filter(caller -> caller.workspace().equals(WorkspaceId.ACCOUNT));
    }
}
