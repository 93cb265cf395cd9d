package io.slipway.identity.oauth;

import io.slipway.identity.Caller;
import io.slipway.identity.Directory;
import io.slipway.identity.Permissions;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The door to federation policies, of service principals and of the account, for those who administer the account. */
public final class FederationPolicies {
    /** Of one service principal, and of the account, as at the real service. */
    static final int MOST = 20;

    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?");

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Directory directory;
    private final FederationStore store = new FederationStore();

    FederationPolicies(Base base, Permissions permissions, Directory directory) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.directory = directory;
    }

    /** What an admin writes of a policy. */
    public record Content(String description, FederationPolicy.Rule rule) {
        void check(boolean ofProgram) {
            if (description.length() > LONGEST_DESCRIPTION) {
                throw PlatformException.invalid("description is longer than " + LONGEST_DESCRIPTION + " characters.");
            }
            rule.check(ofProgram);
        }
    }

    /** Throws unless the caller administers the account and the service principal is there. */
    private void require(Caller caller, Optional<PrincipalId> program) {
        permissions.requireAdmin(caller, "see and change federation policies");
        program.ifPresent(id -> directory.get(caller, PrincipalKind.SERVICE_PRINCIPAL, id));
    }

    /**
     * @param program empty: of the account
     * @param id empty: any
     */
    public FederationPolicy create(Caller caller, Optional<PrincipalId> program, Optional<String> id, Content content) {
        require(caller, program);
        content.check(program.isPresent());
        String called = id.orElseGet(ids::uuid);
        if (!ID.matcher(called).matches()) {
            throw PlatformException.invalid("policy_id has 1 to 128 small letters, digits and hyphens.");
        }
        long now = clock.millis();
        FederationPolicy policy = new FederationPolicy(
                ids.uuid(), program, called, content.description(), content.rule(), ids.uuid(), now, now);
        database.change(tx -> {
            if (store.find(tx.sql(), program, called).isPresent()) {
                throw new PlatformException(
                        ErrorCode.ALREADY_EXISTS, "Federation policy " + called + " already exists.");
            }
            if (store.list(tx.sql(), program).size() >= MOST) {
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "There are at most " + MOST + " federation policies. Delete one first.",
                        Map.of("reason", "RESOURCE_LIMIT_EXCEEDED"));
            }
            store.insert(tx.sql(), policy);
            facts.tell(
                    tx,
                    caller.id(),
                    new OauthFact.PolicyCreated(ref(policy), policy.rule().issuer()));
        });
        return policy;
    }

    public List<FederationPolicy> list(Caller caller, Optional<PrincipalId> program) {
        require(caller, program);
        return database.read(handle -> store.list(handle, program));
    }

    public FederationPolicy get(Caller caller, Optional<PrincipalId> program, String id) {
        require(caller, program);
        return database.read(handle -> store.find(handle, program, id)).orElseThrow(() -> missing(id));
    }

    /**
     * If anything but its description changes, tokens that came of it end.
     *
     * @param change from what is written to what is to be written; runs within the transaction
     */
    public FederationPolicy change(
            Caller caller, Optional<PrincipalId> program, String id, UnaryOperator<Content> change) {
        require(caller, program);
        return database.write(tx -> {
            FederationPolicy before = store.find(tx.sql(), program, id).orElseThrow(() -> missing(id));
            Content asked = change.apply(new Content(before.description(), before.rule()));
            asked.check(program.isPresent());
            FederationPolicy after = new FederationPolicy(
                    before.uid(),
                    program,
                    id,
                    asked.description(),
                    asked.rule(),
                    asked.rule().equals(before.rule()) ? before.stamp() : ids.uuid(),
                    before.createdAt(),
                    clock.millis());
            store.update(tx.sql(), after);
            facts.tell(
                    tx,
                    caller.id(),
                    new OauthFact.PolicyChanged(ref(after), after.rule().issuer()));
            return after;
        });
    }

    /** Tokens that came of it end with it. */
    public void delete(Caller caller, Optional<PrincipalId> program, String id) {
        require(caller, program);
        database.change(tx -> {
            FederationPolicy policy = store.find(tx.sql(), program, id).orElseThrow(() -> missing(id));
            int unused = store.delete(tx.sql(), program, id);
            facts.tell(tx, caller.id(), new OauthFact.PolicyDeleted(ref(policy)));
        });
    }

    private static PlatformException missing(String id) {
        return PlatformException.notFound("Federation policy " + id + " does not exist.");
    }

    private static Ref ref(FederationPolicy policy) {
        return Ref.ofAccount(Kind.FEDERATION_POLICY, policy.uid());
    }
}
