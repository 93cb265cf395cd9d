package io.slipway.object.bucket;

import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Clock;
import io.slipway.object.bucket.BucketStore.Row;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** The door to buckets as such: made, found, listed, deleted. */
public final class BucketDoor {
    /** Of one account (S3 quotas). */
    private static final int MOST = 10_000;

    private static final int PAGE = 10_000;
    private static final String FIRST_REGION = "us-east-1";
    private static final Pattern REGION = Pattern.compile("[a-z]{2,3}(-[a-z]+)+-[0-9]{1,2}");

    private final Database database;
    private final Clock clock;
    private final Buckets buckets;
    private final Rights rights;

    public BucketDoor(Base base, Buckets buckets, Rights rights) {
        this.database = base.database();
        this.clock = base.clock();
        this.buckets = buckets;
        this.rights = rights;
    }

    public CreateBucketResponse create(Visitor visitor, CreateBucketRequest request) {
        String name = request.bucket();
        AccountId account = visitor.account().orElseThrow(() -> S3Fault.accessDenied("Access Denied"));
        rights.check(
                visitor,
                Wish.of("s3:CreateBucket", "arn:aws:s3:::" + name)
                        .with("s3:x-amz-acl", request.aclAsString())
                        .with("s3:x-amz-object-ownership", request.objectOwnershipAsString())
                        .with(
                                "s3:LocationConstraint",
                                request.createBucketConfiguration() == null
                                        ? null
                                        : request.createBucketConfiguration().locationConstraintAsString()));
        BucketName.check(name);
        if (Boolean.TRUE.equals(request.objectLockEnabledForBucket())) {
            throw S3Fault.notImplemented("x-amz-bucket-object-lock-enabled");
        }
        Row row = new Row(
                buckets.ids().number(),
                name,
                account,
                region(visitor.caller().region(), request),
                clock.millis(),
                1,
                Versioning.NEVER,
                settings(request, rights.canonical(account)));
        database.change(tx -> insert(tx, row));
        return CreateBucketResponse.builder().location("/" + name).build();
    }

    private void insert(Tx tx, Row row) {
        Optional<Bucket> there = buckets.find(tx.sql(), row.name());
        if (there.isEmpty()) {
            if (buckets.count(tx.sql(), row.account()) >= MOST) {
                throw S3Fault.of(400, "TooManyBuckets", "You have attempted to create more buckets than allowed")
                        .exception();
            }
            buckets.insert(tx, row);
        } else if (!there.get().account().equals(row.account())) {
            throw S3Fault.of(
                            409,
                            "BucketAlreadyExists",
                            "The requested bucket name is not available. The bucket namespace is shared by all users of"
                                    + " the system. Please select a different name and try again.")
                    .with("BucketName", row.name())
                    .exception();
        } else if (!there.get().region().equals(FIRST_REGION) || !row.region().equals(FIRST_REGION)) {
            throw S3Fault.of(
                            409,
                            "BucketAlreadyOwnedByYou",
                            "Your previous request to create the named bucket succeeded and you already own it.")
                    .with("BucketName", row.name())
                    .exception();
        }
    }

    /** A bucket lies where it was asked for, else where the request was sent to. */
    private static String region(String addressed, CreateBucketRequest request) {
        String here = REGION.matcher(addressed).matches() ? addressed : FIRST_REGION;
        if (request.createBucketConfiguration() == null
                || request.createBucketConfiguration().locationConstraintAsString() == null
                || request.createBucketConfiguration()
                        .locationConstraintAsString()
                        .isEmpty()) {
            return here;
        }
        String wanted = request.createBucketConfiguration().locationConstraintAsString();
        String region = wanted.equals("EU") ? "eu-west-1" : wanted;
        if (!here.equals(FIRST_REGION) && !here.equals(region)) {
            throw S3Fault.of(
                            400,
                            "IllegalLocationConstraintException",
                            "The " + wanted + " location constraint is incompatible for the region specific endpoint"
                                    + " this request was sent to.")
                    .exception();
        }
        if (!REGION.matcher(region).matches() || region.equals(FIRST_REGION)) {
            throw S3Fault.of(400, "InvalidLocationConstraint", "The specified location-constraint is not valid")
                    .with("LocationConstraint", wanted)
                    .exception();
        }
        return region;
    }

    private static Map<Setting, String> settings(CreateBucketRequest request, String owner) {
        ObjectOwnership ownership =
                request.objectOwnership() == null ? ObjectOwnership.BUCKET_OWNER_ENFORCED : request.objectOwnership();
        if (ownership == ObjectOwnership.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.of(
                            400,
                            "InvalidArgument",
                            "Invalid x-amz-object-ownership header: " + request.objectOwnershipAsString())
                    .with("ArgumentName", "x-amz-object-ownership")
                    .exception();
        }
        Acl.Asked asked = new Acl.Asked(
                request.aclAsString(),
                request.grantFullControl(),
                request.grantRead(),
                request.grantWrite(),
                request.grantReadACP(),
                request.grantWriteACP());
        Acl acl = Acl.of(asked, owner, owner);
        if (ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED
                && !acl.equals(Acl.of(AccessSettings.PRIVATE, owner, owner))) {
            throw AccessSettings.listsDoNotCount();
        }
        if (acl.open()) {
            throw S3Fault.of(
                            400,
                            "InvalidBucketAclWithBlockPublicAccessError",
                            "Bucket cannot have public ACLs set with BlockPublicAccess enabled")
                    .exception();
        }
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(
                Setting.OWNERSHIP,
                Documents.write(OwnershipControls.builder()
                        .rules(OwnershipControlsRule.builder()
                                .objectOwnership(ownership)
                                .build())
                        .build()));
        settings.put(Setting.ACL, acl.text());
        settings.put(
                Setting.PUBLIC_ACCESS_BLOCK,
                Documents.write(PublicAccessBlockConfiguration.builder()
                        .blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)
                        .build()));
        if (request.createBucketConfiguration() != null
                && request.createBucketConfiguration().hasTags()) {
            settings.put(
                    Setting.TAGS,
                    OtherSettings.written(
                            TagRules.checked(request.createBucketConfiguration().tags(), TagRules.OF_BUCKET)));
        }
        return settings;
    }

    public HeadBucketResponse head(Visitor visitor, HeadBucketRequest request) {
        Bucket bucket = buckets.get(request.bucket(), request.expectedBucketOwner());
        rights.check(visitor, bucket, Wish.of("s3:ListBucket", bucket, Permission.READ));
        return HeadBucketResponse.builder()
                .bucketRegion(bucket.region())
                .accessPointAlias(false)
                .build();
    }

    public GetBucketLocationResponse location(Visitor visitor, GetBucketLocationRequest request) {
        Bucket bucket = buckets.get(request.bucket(), request.expectedBucketOwner());
        rights.check(visitor, bucket, Wish.of("s3:GetBucketLocation", bucket));
        return GetBucketLocationResponse.builder()
                .locationConstraint(bucket.region().equals(FIRST_REGION) ? null : bucket.region())
                .build();
    }

    public DeleteBucketResponse delete(Visitor visitor, DeleteBucketRequest request) {
        database.change(tx -> {
            Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
            rights.check(visitor, bucket, Wish.of("s3:DeleteBucket", bucket));
            buckets.delete(tx, bucket);
        });
        return DeleteBucketResponse.builder().build();
    }

    public ListBucketsResponse list(Visitor visitor, ListBucketsRequest request) {
        rights.check(visitor, Wish.of("s3:ListAllMyBuckets", "arn:aws:s3:::*"));
        AccountId account = visitor.account().orElseThrow(() -> S3Fault.accessDenied("Access Denied"));
        int most = request.maxBuckets() == null ? PAGE : request.maxBuckets();
        if (most < 1 || most > PAGE) {
            throw S3Fault.invalidArgument(
                    "Argument max-buckets must be an integer between 1 and 10000", "max-buckets", most);
        }
        String prefix = request.prefix() == null ? "" : request.prefix();
        List<Row> rows =
                new ArrayList<>(buckets
                        .of(
                                account,
                                after(request.continuationToken()),
                                Optional.ofNullable(request.bucketRegion()),
                                MOST)
                        .stream()
                        .filter(row -> row.name().startsWith(prefix))
                        .limit(most + 1L)
                        .toList());
        boolean more = rows.size() > most;
        if (more) {
            rows.remove(most);
        }
        return ListBucketsResponse.builder()
                .owner(Owner.builder().id(rights.canonical(account)).build())
                .buckets(rows.stream()
                        .map(row -> software.amazon.awssdk.services.s3.model.Bucket.builder()
                                .name(row.name())
                                .bucketRegion(row.region())
                                .creationDate(Instant.ofEpochMilli(row.createdAt()))
                                .build())
                        .toList())
                .prefix(request.prefix())
                .continuationToken(more ? token(rows.get(most - 1).name()) : null)
                .build();
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Fault.of(400, "InvalidArgument", "The continuation token provided is incorrect")
                    .with("ArgumentName", "continuation-token")
                    .exception();
        }
    }
}
