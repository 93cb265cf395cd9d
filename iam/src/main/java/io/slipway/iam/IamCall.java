package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.Request;
import io.slipway.iam.policy.Requester;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * One call of IAM: who makes it, and what they may do with things of their account.
 *
 * @param ofConsole whether its keys are temporary ones that the console has
 */
record IamCall(IamRecords records, AwsCaller caller, boolean ofConsole) {
    AccountId account() {
        return caller.account()
                .orElseThrow(() -> IamFault.denied("Whoever asks is in no account, and IAM is about accounts only."));
    }

    /** IAM tells whole seconds. */
    long now() {
        return records.clock().millis() / 1_000 * 1_000;
    }

    <T> T read(Function<Handle, T> work) {
        return records.database().read(work);
    }

    /** Changes what somebody of the account may do, so that nothing that was read before counts any longer. */
    <T> T write(Function<Handle, T> work) {
        AccountId account = account();
        return records.database().write(tx -> {
            T result = work.apply(tx.sql());
            records.accounts().raise(tx.sql(), account);
            return result;
        });
    }

    void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    void allow(String action, String resource) {
        allow(action, resource, Context.EMPTY);
    }

    void allow(String action, String resource, Context more) {
        refuseSessionsOfUsers(action);
        Request request =
                caller.request("iam:" + action, resource).ownedBy(account()).with(more);
        Decision decision = caller.decide(request, Optional.empty());
        if (!decision.allowed()) {
            throw IamFault.denied(decision, request);
        }
    }

    /** What GetSessionToken and GetFederationToken made may not call IAM (IAM, comparing credentials of STS). */
    private void refuseSessionsOfUsers(String action) {
        boolean temporary =
                caller.keyId().filter(id -> id.startsWith(Keys.TEMPORARY)).isPresent();
        if (temporary && !ofConsole && caller.requester().kind() != Requester.Kind.ROLE_SESSION) {
            throw IamFault.denied("User: " + caller.requester().arn() + " is not authorized to perform: iam:" + action
                    + " with session credentials of a user");
        }
    }

    /** For actions that are about no thing. */
    void allow(String action) {
        allow(action, "*");
    }

    /** For lists of things below a path. */
    void allowList(String action, EntityKind kind, String pathPrefix) {
        allow(action, Entity.arn(account(), kind, pathPrefix, ""));
    }

    Entity entity(Handle handle, EntityKind kind, String name, String action) {
        return entity(handle, kind, name, action, Context.EMPTY);
    }

    /** Who may not know it is refused, whether it is there or not. */
    Entity entity(Handle handle, EntityKind kind, String name, String action, Context more) {
        Optional<Entity> found = records.entities().named(handle, account(), kind, name);
        String arn = found.map(Entity::arn).orElseGet(() -> Entity.arn(account(), kind, "/", name));
        allow(action, arn, found.map(each -> more.or(known(each))).orElse(more));
        // A provider has no other name than that of the resource.
        return found.orElseThrow(() -> IamFault.missing(kind.missing(kind == EntityKind.OIDC_PROVIDER ? arn : name)));
    }

    /** What conditions may ask about something that is there. */
    static Context known(Entity entity) {
        Map<String, List<String>> values = new HashMap<>();
        entity.tags().forEach((key, value) -> {
            values.put("aws:ResourceTag/" + key, List.of(value));
            values.put("iam:ResourceTag/" + key, List.of(value));
        });
        entity.boundary().ifPresent(policy -> values.put("iam:PermissionsBoundary", List.of(policy)));
        return Context.of(values);
    }

    /** What conditions may ask about tags that somebody wants to give. */
    static Context wantedTags(Map<String, String> tags) {
        Map<String, List<String>> values = new HashMap<>();
        tags.forEach((key, value) -> values.put("aws:RequestTag/" + key, List.of(value)));
        if (!tags.isEmpty()) {
            values.put("aws:TagKeys", List.copyOf(tags.keySet()));
        }
        return Context.of(values);
    }

    /** The name of a user where a call may leave it out: it is about whoever asks then. */
    String ownName(Optional<String> name) {
        return name.or(this::ownName)
                .orElseThrow(() -> IamFault.validation("Must specify userName when calling with non-User credentials"));
    }

    private Optional<String> ownName() {
        Requester who = caller.requester();
        return who.kind() == Requester.Kind.USER
                ? Optional.of(who.arn().substring(who.arn().lastIndexOf('/') + 1))
                : Optional.empty();
    }

    boolean root() {
        return caller.requester().kind() == Requester.Kind.ROOT;
    }

    /** Makes room for one more of its kind; throws if the name is taken. */
    void insert(Handle handle, Entity entity) {
        if (records.entities()
                .named(handle, entity.account(), entity.kind(), entity.name())
                .isPresent()) {
            throw IamFault.taken(entity.kind().taken(entity.name()));
        }
        if (records.entities().count(handle, entity.account(), entity.kind())
                >= entity.kind().most()) {
            throw IamFault.quota(entity.kind().quota(), entity.kind().most());
        }
        records.entities().insert(handle, entity);
    }

    /** A new thing of the account, not yet kept. */
    Entity made(EntityKind kind, String name, String path) {
        return Entity.made(records.keys().entityId(kind), account(), kind, name, path, now());
    }
}
