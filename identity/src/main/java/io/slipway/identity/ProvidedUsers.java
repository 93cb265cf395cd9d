package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The door for people of whom a provider says who they are. The first time they are found by their name; from then on by what the
 * provider calls them, which it never gives to another, while a name or an e-mail address may be somebody else's tomorrow.
 */
public final class ProvidedUsers {
    private static final int MOST_GROUPS = 2_000;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Identities identities;
    private final BrowserSessions sessions;
    private final ProvidedStore store = new ProvidedStore();
    private final IdentityStore users = new IdentityStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final MembershipStore memberships = new MembershipStore();
    private final PasswordStore passwords = new PasswordStore();

    ProvidedUsers(Base base, Identities identities, BrowserSessions sessions) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.identities = identities;
        this.sessions = sessions;
    }

    /**
     * What a provider says of somebody.
     *
     * @param subject what it calls them for good
     * @param userName by which the directory knows them
     * @param groups in which they are; empty: it is not asked
     */
    public record Said(
            String issuer, String subject, String userName, Entry.Profile profile, Optional<Set<String>> groups) {}

    /**
     * What may come of it.
     *
     * @param create whether somebody who is not in the directory yet becomes a user of the first workspace
     * @param adminGroups groups that are filled although whoever is in them administers something
     */
    public record Rules(boolean create, Set<String> adminGroups) {
        public Rules {
            adminGroups = Set.copyOf(adminGroups);
        }

        private boolean allow(ProvidedStore.Group group) {
            return adminGroups.contains(group.name())
                    || group.externalId().filter(adminGroups::contains).isPresent();
        }
    }

    /**
     * The secret of a new session of this person, who is in those groups from now on that the provider names.
     *
     * @param address from which they come
     * @param named the workspace in which the session is to be; empty: the first that they are in
     * @throws PlatformException PERMISSION_DENIED, with a sentence for them
     */
    public String signIn(Said said, Rules rules, String address, Optional<WorkspaceId> named) {
        try {
            return database.write(tx -> {
                PrincipalId user = user(tx, said, rules);
                Principal active = users.actor(tx.sql(), user)
                        .orElseThrow(() -> denied(said.userName() + " is not active here. Ask an admin."));
                said.groups().ifPresent(groups -> regroup(tx, active, groups, rules));
                WorkspaceId workspace = named.or(() -> passwords.first(tx.sql(), user))
                        .orElseThrow(() -> denied(active.name() + " is in no workspace. Ask an admin."));
                if (identities.caller(tx, workspace, user).isEmpty()) {
                    throw denied(active.name() + " is not in workspace " + workspace + ".");
                }
                return sessions.begin(tx, workspace, user, Optional.empty());
            });
        } catch (PlatformException refused) {
            tell(said, address);
            throw refused;
        }
    }

    private PrincipalId user(Tx tx, Said said, Rules rules) {
        return store.user(tx.sql(), said.issuer(), said.subject()).orElseGet(() -> {
            PrincipalId id = named(tx.sql(), said).orElseGet(() -> made(tx, said, rules));
            if (store.bound(tx.sql(), said.issuer(), id)) {
                throw denied("Somebody else of the provider signs in here as " + said.userName()
                        + ". An admin has to remove that user first.");
            }
            store.bind(tx.sql(), said.issuer(), said.subject(), id, clock.millis());
            facts.tell(tx, id, new IdentityFact.Bound(ref(id), said.issuer()));
            return id;
        });
    }

    private Optional<PrincipalId> named(Handle handle, Said said) {
        Optional<PrincipalId> found =
                users.principal(handle, WorkspaceId.ACCOUNT, said.userName()).map(Principal::id);
        if (found.filter(id -> !directory.kind(handle, id).equals(Optional.of(PrincipalKind.USER)))
                .isPresent()) {
            throw denied(said.userName() + " is no user.");
        }
        return found;
    }

    private PrincipalId made(Tx tx, Said said, Rules rules) {
        if (!rules.create()) {
            throw denied(said.userName() + " is not a user here. Ask an admin to add you.");
        }
        // As of users that are made by hand.
        String name = Names.checked("userName", said.userName().toLowerCase(Locale.ROOT));
        PrincipalId id = new PrincipalId(ids.number());
        Entry.Content content =
                new Entry.Content(name, said.profile(), true, Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of());
        directory.insert(tx.sql(), id, PrincipalKind.USER, WorkspaceId.ACCOUNT, content, clock.millis());
        memberships.assign(tx.sql(), WorkspaceId.FIRST, id, Set.of(), Set.of());
        facts.tell(tx, PrincipalId.SYSTEM, new IdentityFact.Created(ref(id), new IdentityFact.Named(name)));
        return id;
    }

    /** Replaces what the provider has given before; what was given by hand stays. */
    private void regroup(Tx tx, Principal user, Set<String> names, Rules rules) {
        if (names.size() > MOST_GROUPS) {
            throw denied("The provider names more than " + MOST_GROUPS + " groups.");
        }
        Set<ProvidedStore.Membership> before = new HashSet<>(store.given(tx.sql(), user.id()));
        Set<ProvidedStore.Membership> wanted = new HashSet<>();
        boolean changed = false;
        List<ProvidedStore.Group> groups = store.groups(tx.sql(), names).stream()
                .filter(group -> rules.allow(group) || !store.administers(tx.sql(), group.id()))
                .toList();
        // Groups of the account first: one of them may bring the user into the workspace.
        for (boolean ofAccount : List.of(true, false)) {
            for (ProvidedStore.Group group : groups) {
                boolean account = group.workspace().equals(WorkspaceId.ACCOUNT);
                if (account == ofAccount
                        && (account
                                || identities
                                        .caller(tx, group.workspace(), user.id())
                                        .isPresent())) {
                    var membership = new ProvidedStore.Membership(group.workspace(), group.id());
                    wanted.add(membership);
                    changed |= store.give(tx.sql(), user.id(), membership);
                }
            }
        }
        before.removeAll(wanted);
        for (ProvidedStore.Membership gone : before) {
            changed |= left(tx.sql(), user.id(), gone);
        }
        if (changed) {
            facts.tell(
                    tx,
                    PrincipalId.SYSTEM,
                    new IdentityFact.Changed(ref(user.id()), new IdentityFact.Named(user.name())));
        }
    }

    /** False: they are the last who administer something. */
    private boolean left(Handle handle, PrincipalId user, ProvidedStore.Membership gone) {
        boolean admin = store.administers(handle, gone.group());
        store.take(handle, user, gone);
        if (admin && memberships.anyWithoutAdmin(handle)) {
            boolean unused = store.give(handle, user, gone);
            return false;
        }
        return true;
    }

    /** Written although the sign-in is refused. */
    private void tell(Said said, String address) {
        database.change(tx -> store.user(tx.sql(), said.issuer(), said.subject())
                .or(() -> users.principal(tx.sql(), WorkspaceId.ACCOUNT, said.userName())
                        .map(Principal::id))
                .ifPresent(id -> facts.tell(tx, Caller.NOBODY.id(), new IdentityFact.Refused(ref(id), address))));
    }

    private static Ref ref(PrincipalId user) {
        return Ref.ofAccount(Kind.USER, user.toString());
    }

    private static PlatformException denied(String why) {
        return new PlatformException(ErrorCode.PERMISSION_DENIED, why);
    }
}
