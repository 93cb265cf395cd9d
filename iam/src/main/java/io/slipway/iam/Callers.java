package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Policies.Named;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Requester;
import io.slipway.store.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds out who has signed a call. What was read once is kept until something changes in the account: a number that each change raises
 * is looked at with each call.
 */
final class Callers {
    private static final int MOST = 4_096;
    /** So often the last use of a key is written down. */
    private static final long USE_NOTED_MILLIS = 60_000;

    private record Kept(long generation, Loaded loaded) {}

    private final IamRecords records;
    private final Map<String, Kept> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    });

    Callers(IamRecords records) {
        this.records = records;
    }

    /** Empty: there is no such key, it does not count now, or whose it was is gone. */
    Optional<AwsCaller> caller(String keyId, Context context, String region) {
        return records.database()
                .read(handle -> loaded(handle, keyId))
                .map(loaded -> new AwsCaller(
                        loaded.requester(), loaded.policies(), loaded.known().or(context), region, Optional.of(keyId)));
    }

    private Optional<Loaded> loaded(Handle handle, String keyId) {
        Optional<KeyStore.Owner> owner =
                records.keyStore().owner(handle, keyId, records.clock().millis());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        long generation = owner.get().generation();
        Kept known = kept.get(keyId);
        if (known != null && known.generation() == generation) {
            return Optional.of(known.loaded());
        }
        Optional<Loaded> loaded = read(handle, keyId, owner.get());
        loaded.ifPresent(each -> kept.put(keyId, new Kept(generation, each)));
        return loaded;
    }

    private Optional<Loaded> read(Handle handle, String keyId, KeyStore.Owner owner) {
        Optional<Loaded> loaded = keyId.startsWith(Keys.TEMPORARY)
                ? records.keyStore().session(handle, keyId).flatMap(each -> session(handle, each))
                : records.keyStore().key(handle, keyId).flatMap(each -> entity(handle, each.account(), each.user()));
        return loaded.map(each -> new Loaded(
                each.requester().withCanonical(owner.canonical()), each.policies(), each.known(), each.sources()));
    }

    private Optional<Loaded> entity(Handle handle, AccountId account, Optional<String> id) {
        return id.isEmpty()
                ? Optional.of(new Loaded(Requester.root(account), Policies.NONE, Context.EMPTY, Map.of()))
                : records.entities()
                        .find(handle, id.get())
                        .map(each -> records.loader().entity(handle, each));
    }

    private Optional<Loaded> session(Handle handle, KeyStore.TemporaryKey key) {
        SessionDetail detail = Json.read(key.detail(), SessionDetail.class);
        Optional<Entity> entity = key.entity().flatMap(id -> records.entities().find(handle, id));
        return entity(handle, key.account(), key.entity()).map(base -> {
            Policies own = entity.isEmpty() && detail.kind() == SessionDetail.Kind.FEDERATED
                    ? Policies.of(everything())
                    : base.policies();
            Policies policies = detail.narrowing()
                    .map(narrowing -> own.withSession(narrowing(handle, key, narrowing)))
                    .orElse(own);
            Requester who = requester(key.account(), entity, detail, base.requester());
            return new Loaded(who, policies, known(entity, detail).or(base.known()), base.sources());
        });
    }

    /** What the account itself may do, for those whom it lets do some of it. */
    private Named everything() {
        return records.managed()
                .find("arn:aws:iam::aws:policy/AdministratorAccess")
                .map(each -> new Named(each.name(), each.document()))
                .orElseThrow();
    }

    private Named[] narrowing(Handle handle, KeyStore.TemporaryKey key, SessionDetail.Narrowing narrowing) {
        List<Named> all = new ArrayList<>();
        narrowing
                .inline()
                .ifPresent(
                        text -> all.add(new Named("session policy", PolicyDocument.parse(PolicyKind.SESSION, text))));
        for (String arn : narrowing.named()) {
            NamedPolicy.find(records, handle, key.account(), arn)
                    .map(each -> new Named(
                            each.name(), PolicyDocument.parse(PolicyKind.MANAGED, each.document(records, handle))))
                    .ifPresent(all::add);
        }
        return all.toArray(Named[]::new);
    }

    private static Requester requester(
            AccountId account, Optional<Entity> entity, SessionDetail detail, Requester base) {
        return switch (detail.kind()) {
            case ROLE -> {
                Entity role = entity.orElseThrow();
                String arn = sessionArn(account, "assumed-role/" + role.name() + "/" + detail.name());
                yield Requester.session(account, arn, role.arn(), role.id());
            }
            case FEDERATED ->
                Requester.federated(account, sessionArn(account, "federated-user/" + detail.name()), base.arn());
            case USER, CONSOLE -> base;
        };
    }

    /** Whether they have signed with keys that the console has: those that users get may not call IAM. */
    boolean ofConsole(AwsCaller caller) {
        return caller.requester().kind() == Requester.Kind.ROOT
                && caller.keyId()
                        .filter(id -> id.startsWith(Keys.TEMPORARY))
                        .flatMap(id -> records.database()
                                .read(handle -> records.keyStore().session(handle, id)))
                        .map(key -> Json.read(key.detail(), SessionDetail.class).kind())
                        .filter(SessionDetail.Kind.CONSOLE::equals)
                        .isPresent();
    }

    static String sessionArn(AccountId account, String resource) {
        return new Arn("aws", "sts", "", account.digits(), resource).toString();
    }

    private static Context known(Optional<Entity> entity, SessionDetail detail) {
        Map<String, String> tags = new LinkedHashMap<>();
        entity.filter(each -> detail.kind() == SessionDetail.Kind.ROLE)
                .ifPresent(role -> role.tags().forEach((key, value) -> {
                    if (detail.tags().keySet().stream().noneMatch(key::equalsIgnoreCase)) {
                        tags.put(key, value);
                    }
                }));
        tags.putAll(detail.tags());
        Context known = Loader.tags(tags)
                .with(
                        "aws:TokenIssueTime",
                        Instant.ofEpochMilli(detail.issuedAt() / 1_000 * 1_000).toString())
                .with("aws:MultiFactorAuthPresent", "false");
        if (detail.sourceIdentity().isPresent()) {
            known = known.with("aws:SourceIdentity", detail.sourceIdentity().get());
        }
        return detail.provider().isPresent()
                ? known.with("aws:FederatedProvider", detail.provider().get())
                : known;
    }

    /** A call that was signed by a key has come. */
    void used(String keyId, String service, String region) {
        long now = records.clock().millis();
        Optional<Runnable> note = records.database().read(handle -> note(handle, keyId, service, region, now));
        note.ifPresent(Runnable::run);
    }

    private Optional<Runnable> note(Handle handle, String keyId, String service, String region, long now) {
        if (!keyId.startsWith(Keys.TEMPORARY)) {
            return records.keyStore()
                    .key(handle, keyId)
                    .filter(key -> key.used().at() <= now - USE_NOTED_MILLIS)
                    .map(key -> () -> records.database()
                            .change(tx -> records.keyStore()
                                    .used(tx.sql(), keyId, new KeyStore.LastUsed(now, service, region))));
        }
        return records.keyStore()
                .session(handle, keyId)
                .flatMap(KeyStore.TemporaryKey::entity)
                .flatMap(id -> records.entities().find(handle, id))
                .filter(entity ->
                        entity.kind() == EntityKind.ROLE && entity.used().at() <= now - USE_NOTED_MILLIS)
                .map(role -> () -> records.database()
                        .change(tx -> records.entities().used(tx.sql(), role.id(), new Entity.Used(now, region))));
    }
}
