package io.slipway.spark.profile;

import io.slipway.identity.Caller;
import io.slipway.identity.Directory;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.workspace.WorkspaceFact;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The door to instance profiles. Admins say which there are; who was given one as a role, by SCIM, may give it to clusters. */
public final class InstanceProfiles {
    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final Directory directory;
    private final Aws aws;
    private final InstanceProfileStore store = new InstanceProfileStore();

    /** What AWS knows of profiles. */
    @FunctionalInterface
    public interface Aws {
        /** Whether machines can have the role of this profile. */
        boolean gives(String arn);
    }

    public InstanceProfiles(Base base, IdentityArea identity, Aws aws) {
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = identity.permissions();
        this.directory = identity.directory();
        this.aws = aws;
        facts.on(WorkspaceFact.Deleted.class, (tx, fact) -> store.empty(tx.sql(), fact.workspace()));
    }

    /** Those that the caller may use. */
    public List<InstanceProfile> list(Caller caller) {
        boolean all = permissions.admin(caller);
        Set<String> given = all ? Set.of() : directory.roles(caller);
        return database.read(handle -> store.of(handle, caller.workspace())).stream()
                .filter(profile -> all || given.contains(profile.arn()))
                .toList();
    }

    /** @param tried whether a machine is to get the role first */
    public void add(Caller caller, InstanceProfile profile, boolean tried) {
        permissions.requireAdmin(caller, "add instance profiles");
        if (tried && !aws.gives(profile.arn())) {
            throw PlatformException.invalid("Machines cannot have the role of " + profile.arn()
                    + ": there is no such instance profile, it has no role, or the role does not trust"
                    + " ec2.amazonaws.com. Use skip_validation to add it nevertheless.");
        }
        database.change(tx -> {
            if (store.find(tx.sql(), profile.workspace(), profile.arn()).isPresent()) {
                throw new PlatformException(
                        ErrorCode.ALREADY_EXISTS, "The instance profile " + profile.arn() + " was added already.");
            }
            store.put(tx.sql(), profile);
            facts.tell(tx, caller.id(), new InstanceProfileFact.Added(profile.ref(), profile.role()));
        });
    }

    public void edit(Caller caller, InstanceProfile profile) {
        permissions.requireAdmin(caller, "change instance profiles");
        database.change(tx -> {
            InstanceProfile unused = load(tx.sql(), caller, profile.arn());
            store.put(tx.sql(), profile);
            facts.tell(tx, caller.id(), new InstanceProfileFact.Edited(profile.ref(), profile.role()));
        });
    }

    /** Clusters that have it keep it until they end. */
    public void remove(Caller caller, String arn) {
        permissions.requireAdmin(caller, "remove instance profiles");
        database.change(tx -> {
            InstanceProfile profile = load(tx.sql(), caller, arn);
            store.delete(tx.sql(), caller.workspace(), arn);
            facts.tell(tx, caller.id(), new InstanceProfileFact.Removed(profile.ref()));
        });
    }

    /** Throws unless the caller may give this profile to a cluster. */
    public void requireUse(Caller caller, String arn) {
        if (database.read(handle -> store.find(handle, caller.workspace(), arn)).isEmpty()) {
            throw PlatformException.invalid(
                    "The instance profile " + arn + " is not one of this workspace: an admin has to add it first.");
        }
        if (!permissions.admin(caller) && !directory.roles(caller).contains(arn)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + " may not use the instance profile " + arn + ": it is none of their roles.");
        }
    }

    private InstanceProfile load(Handle handle, Caller caller, String arn) {
        return store.find(handle, caller.workspace(), arn)
                .orElseThrow(() -> PlatformException.notFound("The instance profile " + arn + " does not exist."));
    }
}
