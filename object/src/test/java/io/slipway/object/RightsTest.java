package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/** Who may do what with buckets and what is in them. */
@NullUnmarked
@SuppressWarnings({"deprecation", "unchecked"}) // Arrays of builders, and the header of a copy as a wire reads it.
class RightsTest {
    private static final String ALL = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";

    @TempDir
    private Path folder;

    private OwnS3 own;
    private S3Client root;

    @BeforeEach
    void make() {
        own = new OwnS3(TestDatabases.sqlite(folder), folder);
        root = own.root(OwnS3.HERE);
        root.createBucket(b -> b.bucket("mine"));
        put(root, "k");
    }

    @AfterEach
    void close() {
        own.close();
    }

    private static void put(S3Client s3, String key) {
        s3.putObject(b -> b.bucket("mine").key(key), RequestBody.fromString(key));
    }

    private static String get(S3Client s3, String key) {
        return s3.getObjectAsBytes(b -> b.bucket("mine").key(key)).asUtf8String();
    }

    private static void denied(ThrowingCallable call) {
        S3Contract.refused(403, "AccessDenied", call);
    }

    private void policy(String statement) {
        root.putBucketPolicy(b -> b.bucket("mine").policy(OwnS3.written(statement)));
    }

    private void open() {
        root.deletePublicAccessBlock(b -> b.bucket("mine"));
    }

    private void owned(ObjectOwnership ownership) {
        root.putBucketOwnershipControls(
                b -> b.bucket("mine").ownershipControls(o -> o.rules(r -> r.objectOwnership(ownership))));
    }

    @Test
    void whoever_began_an_upload_may_list_its_parts_and_end_it_unless_a_policy_denies_it() {
        S3Client writer =
                own.user(OwnS3.HERE, "{'Effect':'Allow','Action':'s3:PutObject','Resource':'arn:aws:s3:::mine/*'}");
        String id = writer.createMultipartUpload(b -> b.bucket("mine").key("u")).uploadId();
        String other =
                root.createMultipartUpload(b -> b.bucket("mine").key("u")).uploadId();
        assertThat(writer.listParts(b -> b.bucket("mine").key("u").uploadId(id))
                        .initiator()
                        .id())
                .isEqualTo("arn:aws:iam::111122223333:user/ann");
        assertThat(root.listParts(b -> b.bucket("mine").key("u").uploadId(other))
                        .initiator()
                        .id())
                .isEqualTo(OwnS3.HERE.canonical());
        denied(() -> writer.listParts(b -> b.bucket("mine").key("u").uploadId(other)));
        denied(() -> writer.abortMultipartUpload(b -> b.bucket("mine").key("u").uploadId(other)));
        policy("{'Effect':'Deny','Principal':'*','Action':'s3:AbortMultipartUpload','Resource':'arn:aws:s3:::mine/*'}");
        denied(() -> writer.abortMultipartUpload(b -> b.bucket("mine").key("u").uploadId(id)));
        root.deleteBucketPolicy(b -> b.bucket("mine"));
        writer.abortMultipartUpload(b -> b.bucket("mine").key("u").uploadId(id));
        S3Contract.refused(
                404,
                "NoSuchUpload",
                () -> root.listParts(b -> b.bucket("mine").key("u").uploadId(id)));
    }

    @Test
    void a_user_may_do_what_their_policies_say() {
        S3Client reader =
                own.user(OwnS3.HERE, "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::mine/*'}");
        assertThat(get(reader, "k")).isEqualTo("k");
        var refusal = S3Contract.refused(403, "AccessDenied", () -> put(reader, "k"));
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:PutObject on"
                        + " resource: \"arn:aws:s3:::mine/k\" because no identity-based policy allows the s3:PutObject"
                        + " action");
        denied(() -> reader.listBuckets());
        denied(() -> reader.listObjectsV2(b -> b.bucket("mine")));
        denied(() -> reader.deleteObject(b -> b.bucket("mine").key("k")));
        denied(() -> reader.getObjectTagging(b -> b.bucket("mine").key("k")));
        denied(() -> reader.createBucket(b -> b.bucket("other")));
        denied(() -> reader.copyObject(
                b -> b.copySource("mine/k").destinationBucket("mine").destinationKey("c")));
    }

    @Test
    void who_may_not_list_is_not_told_what_is_not_there() {
        String get = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::mine/*'}";
        denied(() -> get(own.user(OwnS3.HERE, get), "gone"));
        String list = "{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::mine'}";
        S3Contract.refused(404, "NoSuchKey", () -> get(own.user(OwnS3.HERE, get, list), "gone"));
    }

    @Test
    void another_account_needs_both_sides() {
        S3Client other = own.user(OwnS3.THERE, ALL);
        denied(() -> get(other, "k"));
        policy(
                "{'Effect':'Allow','Principal':{'AWS':'444455556666'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::mine/*'}");
        assertThat(get(other, "k")).isEqualTo("k");
        denied(() -> get(own.user(OwnS3.THERE), "k"));
        denied(() -> put(other, "k"));
        S3Contract.refused(409, "BucketAlreadyExists", () -> other.createBucket(b -> b.bucket("mine")));
        assertThat(other.listBuckets().buckets()).isEmpty();
    }

    @Test
    void what_a_policy_denies_is_denied_to_all_but_the_platform() {
        policy(
                "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':['arn:aws:s3:::mine','arn:aws:s3:::mine/*']}");
        denied(() -> get(root, "k"));
        assertThat(own.area
                        .platform(OwnS3.HERE)
                        .getObjectAsBytes(b -> b.bucket("mine").key("k"))
                        .asUtf8String())
                .isEqualTo("k");
        denied(() -> own.user(OwnS3.HERE, ALL).deleteBucketPolicy(b -> b.bucket("mine")));
        // Who the bucket belongs to can mend it.
        root.deleteBucketPolicy(b -> b.bucket("mine"));
        assertThat(get(root, "k")).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource({
        "s3:ListBucket, arn:aws:s3:::mine, StringEquals, s3:prefix, home/",
        "s3:ListBucket, arn:aws:s3:::mine, NumericLessThanEquals, s3:max-keys, 10"
    })
    void conditions_ask_what_a_list_asks_for(
            String action, String resource, String operator, String key, String value) {
        S3Client user = own.user(
                OwnS3.HERE,
                "{'Effect':'Allow','Action':'" + action + "','Resource':'" + resource + "','Condition':{'" + operator
                        + "':{'" + key + "':'" + value + "'}}}");
        user.listObjectsV2(b -> b.bucket("mine").prefix("home/").maxKeys(10));
        denied(() -> user.listObjectsV2(b -> b.bucket("mine").prefix("other/").maxKeys(11)));
    }

    /** As AWS does: a session that was narrowed to a folder can ask whether something is there. */
    @Test
    void who_may_list_below_a_prefix_is_told_which_keys_there_are_missing() {
        S3Client user = own.user(
                OwnS3.HERE,
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}",
                "{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*','Condition':{'StringLike':{'s3:prefix':'home/*'}}}");
        S3Contract.refused(404, "NoSuchKey", () -> get(user, "home/none"));
        denied(() -> get(user, "other/none"));
    }

    @Test
    void conditions_ask_for_tags_of_the_object_and_of_the_request() {
        S3Client user = own.user(
                OwnS3.HERE,
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'StringEquals':{'s3:ExistingObjectTag/open':'yes'}}}",
                "{'Effect':'Allow','Action':['s3:PutObject','s3:PutObjectTagging'],'Resource':'*','Condition':{'StringEquals':{'s3:RequestObjectTag/open':'yes'}}}");
        denied(() -> get(user, "k"));
        denied(() -> put(user, "k"));
        user.putObject(b -> b.bucket("mine").key("t").tagging("open=yes"), RequestBody.fromString("t"));
        assertThat(get(user, "t")).isEqualTo("t");
    }

    @Test
    void nobody_reads_what_no_policy_opens_and_a_public_policy_is_kept_out() {
        denied(() -> get(own.nobody(), "k"));
        String everybody =
                "{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::mine/*'}";
        denied(() -> policy(everybody));
        open();
        policy(everybody);
        assertThat(get(own.nobody(), "k")).isEqualTo("k");
        assertThat(root.getBucketPolicyStatus(b -> b.bucket("mine"))
                        .policyStatus()
                        .isPublic())
                .isTrue();
        root.putPublicAccessBlock(
                b -> b.bucket("mine").publicAccessBlockConfiguration(p -> p.restrictPublicBuckets(true)));
        denied(() -> get(own.nobody(), "k"));
        denied(() -> get(own.user(OwnS3.THERE, ALL), "k"));
        assertThat(get(own.user(OwnS3.HERE), "k")).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'*' | {'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}} | false",
                "'*' | {'IpAddress':{'aws:SourceIp':'0.0.0.0/1'}} | true",
                "'*' | {'StringEquals':{'aws:PrincipalOrgID':'o-1'}} | false",
                "'*' | {'StringLike':{'aws:PrincipalArn':'*'}} | true",
                "{'AWS':'*'} | {} | true",
                "{'AWS':'444455556666'} | {} | false"
            })
    void a_policy_is_public_unless_it_fixes_who_or_where_they_are(String principal, String condition, boolean open) {
        open();
        String who = principal.startsWith("{") ? principal : "'" + principal.replace("'", "") + "'";
        policy("{'Effect':'Allow','Principal':" + who
                + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::mine/*','Condition':" + condition + "}");
        assertThat(root.getBucketPolicyStatus(b -> b.bucket("mine"))
                        .policyStatus()
                        .isPublic())
                .isEqualTo(open);
    }

    @Test
    void a_policy_of_a_bucket_speaks_of_that_bucket_and_has_a_form() {
        S3Contract.refused(
                400,
                "MalformedPolicy",
                () -> policy(
                        "{'Effect':'Allow','Principal':{'AWS':'444455556666'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::other/*'}"));
        S3Contract.refused(
                400, "MalformedPolicy", () -> policy("{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}"));
        S3Contract.refused(
                400,
                "MalformedPolicy",
                () -> root.putBucketPolicy(b -> b.bucket("mine").policy("no")));
    }

    @Test
    void lists_count_only_where_the_bucket_says_so() {
        S3Contract.refused(
                400,
                "AccessControlListNotSupported",
                () -> root.putBucketAcl(b -> b.bucket("mine").acl(BucketCannedACL.PUBLIC_READ)));
        owned(ObjectOwnership.OBJECT_WRITER);
        denied(() -> root.putBucketAcl(b -> b.bucket("mine").acl(BucketCannedACL.PUBLIC_READ)));
        open();
        root.putBucketAcl(b -> b.bucket("mine").acl(BucketCannedACL.PUBLIC_READ));
        own.nobody().listObjectsV2(b -> b.bucket("mine"));
        own.nobody().listMultipartUploads(b -> b.bucket("mine"));
        denied(() -> get(own.nobody(), "k"));
        root.putObjectAcl(b -> b.bucket("mine").key("k").acl(ObjectCannedACL.PUBLIC_READ));
        assertThat(get(own.nobody(), "k")).isEqualTo("k");
        denied(() -> own.nobody().getObjectAcl(b -> b.bucket("mine").key("k")));
        root.putPublicAccessBlock(b -> b.bucket("mine").publicAccessBlockConfiguration(p -> p.ignorePublicAcls(true)));
        denied(() -> get(own.nobody(), "k"));
    }

    @Test
    void an_object_belongs_to_its_writer_where_the_bucket_says_so() {
        owned(ObjectOwnership.OBJECT_WRITER);
        open();
        root.putBucketAcl(b -> b.bucket("mine").acl(BucketCannedACL.PUBLIC_READ_WRITE));
        S3Client other = own.root(OwnS3.THERE);
        put(other, "theirs");
        assertThat(get(other, "theirs")).isEqualTo("theirs");
        denied(() -> get(root, "theirs"));
        assertThat(root.listObjects(b -> b.bucket("mine").prefix("theirs"))
                        .contents()
                        .get(0)
                        .owner()
                        .id())
                .isEqualTo(other.getObjectAcl(b -> b.bucket("mine").key("theirs"))
                        .owner()
                        .id());
        other.putObject(
                b -> b.bucket("mine").key("given").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL),
                RequestBody.fromString("given"));
        assertThat(get(root, "given")).isEqualTo("given");
        owned(ObjectOwnership.BUCKET_OWNER_PREFERRED);
        other.putObject(
                b -> b.bucket("mine").key("handed").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL),
                RequestBody.fromString("handed"));
        denied(() -> get(other, "handed"));
    }
}
