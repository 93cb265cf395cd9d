package io.slipway.identity;

import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/** Who is who and who may do what, put together. */
public final class IdentityArea {
    private final SessionTokens tokens;
    private final Permissions permissions = new Permissions();
    private final Identities identities;
    private final BrowserSessions sessions;
    private final Directory directory;
    private final Grants grants;
    private final WorkspaceTokens workspaceTokens;
    private final Passwords passwords;
    private final ProvidedUsers provided;
    private final Assignments assignments;
    private final RuleSets ruleSets;

    /** As {@link #IdentityArea(Base, byte[], BiPredicate)}, where no admins are restricted. */
    public IdentityArea(Base base, byte[] key) {
        this(base, key, (handle, workspace) -> false);
    }

    /**
     * @param key at least 32 random bytes that only this platform knows
     * @param restricted whether the admins of a workspace are restricted (settings API, {@code restrict_workspace_admins})
     */
    public IdentityArea(Base base, byte[] key, BiPredicate<Handle, WorkspaceId> restricted) {
        ActingRights acting = new ActingRights(restricted);
        tokens = new SessionTokens(key, base.clock());
        identities = new Identities(base);
        sessions = new BrowserSessions(base, identities);
        directory = new Directory(base, permissions);
        grants = new Grants(base, permissions, acting);
        workspaceTokens = new WorkspaceTokens(base, permissions, identities, acting);
        passwords = new Passwords(base, permissions, identities, sessions);
        provided = new ProvidedUsers(base, identities, sessions);
        assignments = new Assignments(base, permissions);
        ruleSets = new RuleSets(base, permissions, acting);
    }

    public Identities identities() {
        return identities;
    }

    public Permissions permissions() {
        return permissions;
    }

    public SessionTokens tokens() {
        return tokens;
    }

    public Grants grants() {
        return grants;
    }

    public Directory directory() {
        return directory;
    }

    public WorkspaceTokens workspaceTokens() {
        return workspaceTokens;
    }

    public Passwords passwords() {
        return passwords;
    }

    public ProvidedUsers provided() {
        return provided;
    }

    public Assignments assignments() {
        return assignments;
    }

    public RuleSets ruleSets() {
        return ruleSets;
    }

    public BrowserSessions sessions() {
        return sessions;
    }

    /** Who holds this token, a person's or one of code on a cluster. Empty: unknown, revoked or expired. */
    public Optional<Caller> holder(String token) {
        return tokens.authenticate(token)
                .flatMap(claim -> identities.caller(claim.workspace(), claim.user()))
                .or(() -> identities.authenticate(token));
    }
}
