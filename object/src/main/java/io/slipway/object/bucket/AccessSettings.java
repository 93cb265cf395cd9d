package io.slipway.object.bucket;

import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.kit.PlatformException;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PolicyStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAclResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The door to who may do what with a bucket: its policy, its lists, and what keeps the public out. */
public final class AccessSettings {
    static final Acl.Asked PRIVATE = new Acl.Asked(null, null, null, null, null, null);
    private static final String IN_BUCKETS = "arn:aws:s3:::";

    private final Changes changes;
    private final Rights rights;

    public AccessSettings(Base base, Buckets buckets, Rights rights) {
        this.changes = new Changes(base, buckets, rights);
        this.rights = rights;
    }

    public PutBucketPolicyResponse put(Visitor visitor, PutBucketPolicyRequest request) {
        PolicyDocument policy = parsed(request.policy());
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketPolicy",
                Setting.POLICY,
                bucket -> {
                    onlyOwner(visitor, bucket);
                    checkResources(policy, bucket);
                    if (Boolean.TRUE.equals(bucket.publicAccess().blockPublicPolicy())
                            && PublicPolicy.is(policy.text())) {
                        throw S3Fault.accessDenied(
                                who(visitor) + " is not authorized to perform: s3:PutBucketPolicy on resource: \""
                                        + bucket.arn()
                                        + "\" because public policies are prevented by the BlockPublicPolicy setting in"
                                        + " S3 Block Public Access.");
                    }
                    return Optional.of(policy.text());
                });
        return PutBucketPolicyResponse.builder().build();
    }

    private static String who(Visitor visitor) {
        return "User: " + visitor.caller().requester().arn();
    }

    private static PolicyDocument parsed(String text) {
        if (text == null || !text.startsWith("{")) {
            throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
        }
        try {
            return PolicyDocument.parse(PolicyKind.RESOURCE, text);
        } catch (PlatformException e) {
            throw malformedPolicy(e.message());
        }
    }

    private static S3Exception malformedPolicy(String why) {
        return S3Fault.of(400, "MalformedPolicy", why).exception();
    }

    /** A policy speaks of its own bucket only. */
    private static void checkResources(PolicyDocument policy, Bucket bucket) {
        for (String each : policy.resources()) {
            String thing = each.startsWith(IN_BUCKETS) ? each.substring(IN_BUCKETS.length()) : each;
            String name = thing.split("/", 2)[0];
            String pattern = Stream.of(name.split("(?<=[*?])|(?=[*?])", -1))
                    .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                    .reduce("", String::concat);
            if (!bucket.name().matches(pattern)) {
                throw malformedPolicy("Policy has invalid resource");
            }
        }
    }

    private static void onlyOwner(Visitor visitor, Bucket bucket) {
        if (!visitor.trusted() && !visitor.of(bucket.account())) {
            throw S3Fault.of(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
                    .with("ResourceType", "BUCKETPOLICY")
                    .exception();
        }
    }

    public GetBucketPolicyResponse policy(Visitor visitor, GetBucketPolicyRequest request) {
        Bucket bucket = changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketPolicy");
        onlyOwner(visitor, bucket);
        return GetBucketPolicyResponse.builder()
                .policy(bucket.setting(Setting.POLICY)
                        .orElseThrow(() -> S3Fault.notSet(
                                "NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name())))
                .build();
    }

    public DeleteBucketPolicyResponse delete(Visitor visitor, DeleteBucketPolicyRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:DeleteBucketPolicy",
                Setting.POLICY,
                bucket -> {
                    onlyOwner(visitor, bucket);
                    return Optional.empty();
                });
        return DeleteBucketPolicyResponse.builder().build();
    }

    public GetBucketPolicyStatusResponse status(Visitor visitor, GetBucketPolicyStatusRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketPolicyStatus");
        if (bucket.policy().isEmpty()) {
            throw S3Fault.notSet("NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name());
        }
        return GetBucketPolicyStatusResponse.builder()
                .policyStatus(
                        PolicyStatus.builder().isPublic(bucket.publicPolicy()).build())
                .build();
    }

    public PutPublicAccessBlockResponse put(Visitor visitor, PutPublicAccessBlockRequest request) {
        PublicAccessBlockConfiguration asked = request.publicAccessBlockConfiguration();
        if (asked == null) {
            throw S3Fault.malformed();
        }
        if (Stream.of(
                        asked.blockPublicAcls(),
                        asked.ignorePublicAcls(),
                        asked.blockPublicPolicy(),
                        asked.restrictPublicBuckets())
                .allMatch(Objects::isNull)) {
            throw S3Fault.invalidRequest("Must specify at least one configuration.");
        }
        PublicAccessBlockConfiguration whole = PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(Boolean.TRUE.equals(asked.blockPublicAcls()))
                .ignorePublicAcls(Boolean.TRUE.equals(asked.ignorePublicAcls()))
                .blockPublicPolicy(Boolean.TRUE.equals(asked.blockPublicPolicy()))
                .restrictPublicBuckets(Boolean.TRUE.equals(asked.restrictPublicBuckets()))
                .build();
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketPublicAccessBlock",
                Setting.PUBLIC_ACCESS_BLOCK,
                bucket -> Optional.of(Documents.write(whole)));
        return PutPublicAccessBlockResponse.builder().build();
    }

    public GetPublicAccessBlockResponse publicAccess(Visitor visitor, GetPublicAccessBlockRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketPublicAccessBlock");
        if (bucket.setting(Setting.PUBLIC_ACCESS_BLOCK).isEmpty()) {
            throw S3Fault.notSet(
                    "NoSuchPublicAccessBlockConfiguration",
                    "The public access block configuration was not found",
                    bucket.name());
        }
        return GetPublicAccessBlockResponse.builder()
                .publicAccessBlockConfiguration(bucket.publicAccess())
                .build();
    }

    public DeletePublicAccessBlockResponse delete(Visitor visitor, DeletePublicAccessBlockRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketPublicAccessBlock",
                Setting.PUBLIC_ACCESS_BLOCK,
                bucket -> Optional.empty());
        return DeletePublicAccessBlockResponse.builder().build();
    }

    public PutBucketOwnershipControlsResponse put(Visitor visitor, PutBucketOwnershipControlsRequest request) {
        OwnershipControls asked = request.ownershipControls();
        if (asked == null
                || asked.rules().size() != 1
                || asked.rules().get(0).objectOwnership() == null
                || asked.rules().get(0).objectOwnership() == ObjectOwnership.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.malformed();
        }
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketOwnershipControls",
                Setting.OWNERSHIP,
                bucket -> {
                    boolean enforced = asked.rules().get(0).objectOwnership() == ObjectOwnership.BUCKET_OWNER_ENFORCED;
                    if (enforced && !bucket.acl().equals(mine(bucket))) {
                        throw listsDoNotCount();
                    }
                    return Optional.of(Documents.write(asked));
                });
        return PutBucketOwnershipControlsResponse.builder().build();
    }

    static S3Exception listsDoNotCount() {
        return S3Fault.of(
                        400,
                        "InvalidBucketAclWithObjectOwnership",
                        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
                .exception();
    }

    public GetBucketOwnershipControlsResponse ownership(Visitor visitor, GetBucketOwnershipControlsRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketOwnershipControls");
        String text = bucket.setting(Setting.OWNERSHIP)
                .orElseThrow(() -> S3Fault.notSet(
                        "OwnershipControlsNotFoundError",
                        "The bucket ownership controls were not found",
                        bucket.name()));
        return GetBucketOwnershipControlsResponse.builder()
                .ownershipControls(
                        Documents.read(text, OwnershipControls.builder()).build())
                .build();
    }

    public DeleteBucketOwnershipControlsResponse delete(Visitor visitor, DeleteBucketOwnershipControlsRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketOwnershipControls",
                Setting.OWNERSHIP,
                bucket -> Optional.empty());
        return DeleteBucketOwnershipControlsResponse.builder().build();
    }

    /** What a bucket begins with: all for its owner, nothing for others. */
    private Acl mine(Bucket bucket) {
        String owner = rights.canonical(bucket.account());
        return Acl.of(PRIVATE, owner, owner);
    }

    public GetBucketAclResponse acl(Visitor visitor, GetBucketAclRequest request) {
        Bucket bucket = changes.read(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                each -> Wish.of("s3:GetBucketAcl", each, Permission.READ_ACP));
        Acl acl = bucket.hasLists() ? bucket.acl() : mine(bucket);
        return GetBucketAclResponse.builder()
                .owner(Owner.builder().id(rights.canonical(bucket.account())).build())
                .grants(acl.told())
                .build();
    }

    public PutBucketAclResponse put(Visitor visitor, PutBucketAclRequest request) {
        Acl.Asked asked = new Acl.Asked(
                request.aclAsString(),
                request.grantFullControl(),
                request.grantRead(),
                request.grantWrite(),
                request.grantReadACP(),
                request.grantWriteACP());
        asked.requireOneForm(request.accessControlPolicy() != null);
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                bucket ->
                        Wish.of("s3:PutBucketAcl", bucket, Permission.WRITE_ACP).with("s3:x-amz-acl", asked.canned()),
                Setting.ACL,
                bucket -> {
                    String owner = rights.canonical(bucket.account());
                    Acl acl = request.accessControlPolicy() == null
                            ? Acl.of(asked, owner, owner)
                            : Acl.of(request.accessControlPolicy(), owner);
                    checkList(bucket, acl);
                    return Optional.of(acl.text());
                });
        return PutBucketAclResponse.builder().build();
    }

    /** Whether a list may be put at a bucket, or at something in it. */
    public static void checkList(Bucket bucket, Acl acl) {
        if (!bucket.hasLists()) {
            throw S3Fault.of(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
                    .exception();
        }
        if (acl.open() && Boolean.TRUE.equals(bucket.publicAccess().blockPublicAcls())) {
            throw S3Fault.accessDenied("Access Denied");
        }
    }
}
