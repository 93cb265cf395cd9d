package io.slipway.object.bucket;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.kit.Ids;
import io.slipway.kit.PrincipalId;
import io.slipway.object.bucket.BucketStore.Row;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** Finds buckets for all doors, and changes what is set for them. Authorizes nothing itself. */
public final class Buckets {
    private static final PublicAccessBlockConfiguration OPEN =
            PublicAccessBlockConfiguration.builder().build();

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private final Database database;
    private final Facts facts;
    private final Ids ids;
    private final BucketStore store = new BucketStore();

    /** What was read before: a policy is not read anew for each request. */
    private final Map<String, Bucket> known = new ConcurrentHashMap<>();

    public Buckets(Base base) {
        this.database = base.database();
        this.facts = base.facts();
        this.ids = base.ids();
    }

    Ids ids() {
        return ids;
    }

    /** As of now. */
    public Optional<Bucket> find(Handle handle, String name) {
        Optional<BucketStore.Stamp> stamp = store.stamp(handle, name);
        if (stamp.isEmpty()) {
            known.remove(name);
            return Optional.empty();
        }
        Bucket before = known.get(name);
        if (before != null
                && before.id() == stamp.get().id()
                && before.revision() == stamp.get().revision()) {
            return Optional.of(before);
        }
        Optional<Bucket> now = store.bucket(handle, name).map(Buckets::ready);
        now.ifPresent(bucket -> known.put(name, bucket));
        return now;
    }

    public Optional<Bucket> find(Handle handle, long id) {
        return store.bucket(handle, id).map(Buckets::ready);
    }

    /** Throws NoSuchBucket, or AccessDenied if it is not that account's. */
    public Bucket get(Handle handle, String name, @Nullable String expectedOwner) {
        if (expectedOwner != null && !ACCOUNT.matcher(expectedOwner).matches()) {
            throw S3Fault.of(
                            400,
                            "InvalidBucketOwnerAWSAccountID",
                            "The value of the expected bucket owner parameter must be an AWS Account ID... ["
                                    + expectedOwner + "]")
                    .exception();
        }
        Bucket bucket = find(handle, name).orElseThrow(() -> S3Fault.noSuchBucket(name));
        if (expectedOwner != null && !expectedOwner.equals(bucket.account().digits())) {
            throw S3Fault.accessDenied("Access Denied");
        }
        return bucket;
    }

    public Bucket get(String name, @Nullable String expectedOwner) {
        return database.read(handle -> get(handle, name, expectedOwner));
    }

    private static Bucket ready(Row row) {
        Map<Setting, String> settings = row.settings();
        Optional<Policies.Named> policy = Optional.ofNullable(settings.get(Setting.POLICY))
                .map(text -> new Policies.Named(row.name(), PolicyDocument.parse(PolicyKind.RESOURCE, text)));
        return new Bucket(
                row.id(),
                row.name(),
                row.account(),
                row.region(),
                row.createdAt(),
                row.revision(),
                row.versioning(),
                settings,
                policy,
                policy.filter(each -> PublicPolicy.is(each.document().text())).isPresent(),
                Optional.ofNullable(settings.get(Setting.PUBLIC_ACCESS_BLOCK))
                        .map(text -> Documents.read(text, PublicAccessBlockConfiguration.builder())
                                .build())
                        .orElse(OPEN),
                Optional.ofNullable(settings.get(Setting.OWNERSHIP))
                        .map(Buckets::ownership)
                        .orElse(ObjectOwnership.OBJECT_WRITER),
                Optional.ofNullable(settings.get(Setting.ACL)).map(Acl::read).orElse(Acl.NONE));
    }

    private static ObjectOwnership ownership(String text) {
        return Documents.read(text, OwnershipControls.builder())
                .build()
                .rules()
                .get(0)
                .objectOwnership();
    }

    void insert(Tx tx, Row row) {
        store.insert(tx.sql(), row);
        facts.tell(tx, PrincipalId.SYSTEM, new BucketFact.Created(BucketFact.of(row.id()), row.name()));
    }

    void delete(Tx tx, Bucket bucket) {
        if (store.hasContent(tx.sql(), bucket.id())) {
            throw S3Fault.of(
                            409,
                            "BucketNotEmpty",
                            bucket.versioning() == Versioning.NEVER
                                    ? "The bucket you tried to delete is not empty"
                                    : "The bucket you tried to delete is not empty. You must delete all versions in the"
                                            + " bucket.")
                    .with("BucketName", bucket.name())
                    .exception();
        }
        store.delete(tx.sql(), bucket.id());
        facts.tell(
                tx, PrincipalId.SYSTEM, new BucketFact.Deleted(BucketFact.of(bucket.id()), bucket.name(), bucket.id()));
    }

    int count(Handle handle, AccountId account) {
        return store.count(handle, account);
    }

    List<Row> of(AccountId account, String after, Optional<String> region, int most) {
        return database.read(handle -> store.buckets(handle, account, after, region, most));
    }

    /** Sets something anew, or takes it away. */
    void set(Tx tx, Bucket bucket, Setting setting, Optional<String> document) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.putAll(bucket.settings());
        document.ifPresentOrElse(text -> settings.put(setting, text), () -> settings.remove(setting));
        store.update(tx.sql(), bucket.id(), bucket.versioning(), settings);
        facts.tell(
                tx, PrincipalId.SYSTEM, new BucketFact.Set(BucketFact.of(bucket.id()), bucket.name(), setting.name()));
    }

    void set(Tx tx, Bucket bucket, Versioning versioning) {
        store.update(tx.sql(), bucket.id(), versioning, bucket.settings());
        facts.tell(tx, PrincipalId.SYSTEM, new BucketFact.Set(BucketFact.of(bucket.id()), bucket.name(), "VERSIONING"));
    }

    /** Those with rules by which objects go that have not been looked at on this day. */
    public List<Long> toSweep(long day) {
        return database.read(handle -> store.toSweep(handle, day));
    }

    public void swept(long id, long day) {
        database.change(tx -> store.swept(tx.sql(), id, day));
    }
}
