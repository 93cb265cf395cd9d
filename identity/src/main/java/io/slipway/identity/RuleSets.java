package io.slipway.identity;

import io.slipway.identity.RuleSet.Rule;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The door to roles on service principals and groups: who has which, and who is given which. Those who manage one say so. */
public final class RuleSets {
    private static final int MOST = 1000;

    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final DirectoryStore directory = new DirectoryStore();
    private final RoleRights rights = new RoleRights();
    private final RoleStore store = new RoleStore();
    private final ActingRights acting;

    RuleSets(Base base, Permissions permissions, ActingRights acting) {
        this.acting = acting;
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = permissions;
    }

    /**
     * What a rule set is of, as the directory has it.
     *
     * @param home where those are known who may have a role on it
     */
    private record Found(RuleSet.Of of, PrincipalId id, WorkspaceId home) {
        Ref ref() {
            return Ref.of(of.kind().map(PrincipalKind::kind).orElse(Kind.WORKSPACE), home, id.number());
        }
    }

    /** Admins of a workspace see the rules of what is in it. */
    public RuleSet get(Caller caller, RuleSet.Of of) {
        return database.read(handle -> {
            Found found = find(handle, caller, of);
            if (found.of().kind().isEmpty() || !permissions.admin(caller)) {
                requireManager(handle, caller, found);
            }
            return shown(handle, found);
        });
    }

    /** What can be given on it. */
    public List<Role> assignable(Caller caller, RuleSet.Of of) {
        return database.read(handle -> {
            Found found = find(handle, caller, of);
            if (stranger(caller)) {
                requireManager(handle, caller, found);
            }
            return Role.on(found.of().kind());
        });
    }

    /** @param etag of the rules that the caller has seen */
    public RuleSet replace(Caller caller, RuleSet.Of of, String etag, List<Rule> rules) {
        return database.write(tx -> {
            Found found = find(tx.sql(), caller, of);
            requireManager(tx.sql(), caller, found);
            String known = etag(tx.sql(), found);
            if (!etag.equals(known)) {
                throw new PlatformException(
                        ErrorCode.CONFLICT,
                        "The rules of " + found.of().called()
                                + " are others than those of the request: read them, and send" + " their etag.",
                        Map.of("etag", known));
            }
            write(tx, found, rules);
            facts.tell(tx, caller.id(), new IdentityFact.RolesGiven(found.ref(), rules));
            return shown(tx.sql(), found);
        });
    }

    /**
     * Throws PERMISSION_DENIED unless the caller may have work done as this one.
     *
     * @param already whether it was so before the caller changes the work
     * @param title of the work
     */
    public void requireActing(Tx tx, Caller caller, Principal actor, boolean already, String title) {
        acting.requireWork(tx.sql(), caller, actor, already, title);
    }

    private void write(Tx tx, Found found, List<Rule> rules) {
        if (rules.size() > MOST) {
            throw PlatformException.invalid("A rule set has at most " + MOST + " principals.");
        }
        List<Role> assignable = Role.on(found.of().kind());
        store.deleteAll(tx.sql(), found.id());
        for (Rule rule : new LinkedHashSet<>(rules)) {
            if (!assignable.contains(rule.role())) {
                throw PlatformException.invalid(rule.role().title() + " cannot be given on "
                        + found.of().called() + ".");
            }
            store.put(tx.sql(), found.id(), rule.role(), principal(tx.sql(), found, rule));
        }
    }

    private PrincipalId principal(Handle handle, Found found, Rule rule) {
        return directory
                .named(handle, found.home(), rule.kind(), rule.name())
                .map(Principal::id)
                .orElseThrow(() -> PlatformException.notFound(rule.kind().title() + " " + rule.name()
                        + " does not exist" + (rule.kind() == PrincipalKind.GROUP ? " in the account." : ".")));
    }

    private RuleSet shown(Handle handle, Found found) {
        return new RuleSet(found.of(), store.rules(handle, found.id()), etag(handle, found));
    }

    private String etag(Handle handle, Found found) {
        return Secrets.hash(store.state(handle, found.id())).substring(0, 32);
    }

    /** In the caller's workspace; whoever manages it finds it from everywhere. */
    private Found find(Handle handle, Caller caller, RuleSet.Of of) {
        return known(handle, caller.workspace(), of)
                .or(() -> known(handle, WorkspaceId.ACCOUNT, of).filter(found -> manages(handle, caller, found)))
                .orElseThrow(() -> missing(caller, of));
    }

    private Optional<Found> known(Handle handle, WorkspaceId where, RuleSet.Of of) {
        if (of instanceof RuleSet.OfProgram program) {
            return directory
                    .named(handle, where, PrincipalKind.SERVICE_PRINCIPAL, program.called())
                    .map(known -> new Found(of, known.id(), WorkspaceId.ACCOUNT));
        }
        if (of instanceof RuleSet.OfGroup group) {
            PrincipalId id = group.id();
            return Optional.ofNullable(
                            directory.known(handle, where, Set.of(id)).get(id))
                    .filter(known -> known.kind() == PrincipalKind.GROUP && !id.system())
                    .map(known -> new Found(of, id, known.home()));
        }
        return Optional.of(new Found(of, RoleStore.EVERYTHING, WorkspaceId.ACCOUNT));
    }

    private boolean manages(Handle handle, Caller caller, Found found) {
        return rights.manages(handle, caller, found.of().kind().orElseThrow(), found.id());
    }

    private void requireManager(Handle handle, Caller caller, Found found) {
        if (found.of().kind().isPresent()) {
            rights.requireManager(
                    handle,
                    caller,
                    found.of().kind().get(),
                    found.id(),
                    found.of().called());
        } else {
            permissions.requireAccountAdmin(handle, caller, "see and give roles on all of it");
        }
    }

    /** Who is in the account is its admins' to know. */
    private boolean stranger(Caller caller) {
        return caller.workspace().equals(WorkspaceId.ACCOUNT) && !permissions.admin(caller);
    }

    private PlatformException missing(Caller caller, RuleSet.Of of) {
        PrincipalKind kind = of.kind().orElseThrow();
        return stranger(caller)
                ? RoleRights.lacking(caller, kind, of.called())
                : PlatformException.notFound(kind.title() + " " + of.called() + " does not exist.");
    }
}
