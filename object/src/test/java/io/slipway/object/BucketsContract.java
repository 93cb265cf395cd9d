package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Buckets and what is set for them. */
@NullUnmarked
@SuppressWarnings("unchecked") // Arrays of builders, which the SDK takes.
abstract class BucketsContract extends S3Contract {
    @Test
    void buckets_are_made_found_listed_and_deleted() {
        String other = name();
        s3.createBucket(b -> b.bucket(other));
        assertThat(s3.headBucket(b -> b.bucket(other)).bucketRegion()).isEqualTo("us-east-1");
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains(bucket, other);
        s3.deleteBucket(b -> b.bucket(other));
        assertThatThrownBy(() -> s3.headBucket(b -> b.bucket(other))).isInstanceOf(NoSuchBucketException.class);
        put("k");
        refused(409, "BucketNotEmpty", () -> s3.deleteBucket(b -> b.bucket(bucket)));
    }

    @Test
    void a_bucket_of_ones_own_is_made_once_more_in_the_first_region_only() {
        put("k");
        s3.createBucket(b -> b.bucket(bucket));
        assertThat(keys()).containsExactly("k");
        String far = name();
        s3.createBucket(b -> b.bucket(far).createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
        assertThat(s3.getBucketLocation(b -> b.bucket(far)).locationConstraintAsString())
                .isEqualTo("eu-west-1");
        assertThat(s3.getBucketLocation(b -> b.bucket(bucket)).locationConstraint())
                .isNull();
        refused(
                409,
                "BucketAlreadyOwnedByYou",
                () -> s3.createBucket(
                        b -> b.bucket(far).createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))));
        s3.deleteBucket(b -> b.bucket(far));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "-abc",
                "abc-",
                "Abc",
                "a_b",
                "a..b",
                "192.168.5.4",
                "xn--abc",
                "abc-s3alias",
                "aa/b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void names_of_buckets_have_a_form(String wrong) {
        refused(400, "InvalidBucketName", () -> s3.createBucket(b -> b.bucket(wrong)));
    }

    @Test
    void buckets_are_listed_in_pages_and_by_prefix() {
        String prefix = name();
        List<String> names = List.of(prefix + ".a", prefix + ".b", prefix + ".c");
        names.forEach(each -> s3.createBucket(b -> b.bucket(each)));
        var page = s3.listBuckets(b -> b.prefix(prefix + ".").maxBuckets(2));
        assertThat(page.buckets()).extracting(Bucket::name).containsExactly(names.get(0), names.get(1));
        var rest = s3.listBuckets(b -> b.prefix(prefix + ".").continuationToken(page.continuationToken()));
        assertThat(rest.buckets()).extracting(Bucket::name).containsExactly(names.get(2));
        assertThat(rest.continuationToken()).isNull();
        refused(400, "InvalidArgument", () -> s3.listBuckets(b -> b.maxBuckets(0)));
        names.forEach(each -> s3.deleteBucket(b -> b.bucket(each)));
    }

    private void notSet(String code, ThrowingCallable read) {
        refused(404, code, read);
    }

    /** What Terraform reads of each bucket. */
    @Test
    void what_is_not_set_is_told_by_its_own_error_or_by_its_default() {
        notSet("NoSuchBucketPolicy", () -> s3.getBucketPolicy(b -> b.bucket(bucket)));
        notSet("NoSuchCORSConfiguration", () -> s3.getBucketCors(b -> b.bucket(bucket)));
        notSet("NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(b -> b.bucket(bucket)));
        notSet("NoSuchLifecycleConfiguration", () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)));
        notSet("NoSuchTagSet", () -> s3.getBucketTagging(b -> b.bucket(bucket)));
        notSet("ReplicationConfigurationNotFoundError", () -> s3.getBucketReplication(b -> b.bucket(bucket)));
        notSet("ObjectLockConfigurationNotFoundError", () -> s3.getObjectLockConfiguration(b -> b.bucket(bucket)));
        notSet(
                "NoSuchConfiguration",
                () -> s3.getBucketMetricsConfiguration(b -> b.bucket(bucket).id("x")));
        assertThat(s3.getBucketVersioning(b -> b.bucket(bucket)).status()).isNull();
        assertThat(s3.getBucketLogging(b -> b.bucket(bucket)).loggingEnabled()).isNull();
        assertThat(s3.getBucketAccelerateConfiguration(b -> b.bucket(bucket)).status())
                .isNull();
        assertThat(s3.getBucketRequestPayment(b -> b.bucket(bucket)).payer()).isEqualTo(Payer.BUCKET_OWNER);
        assertThat(s3.getBucketNotificationConfiguration(b -> b.bucket(bucket)).eventBridgeConfiguration())
                .isNull();
        assertThat(s3.listBucketAnalyticsConfigurations(b -> b.bucket(bucket)).isTruncated())
                .isFalse();
        assertThat(s3.getBucketEncryption(b -> b.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
        assertThat(s3.getBucketOwnershipControls(b -> b.bucket(bucket))
                        .ownershipControls()
                        .rules()
                        .get(0)
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(s3.getPublicAccessBlock(b -> b.bucket(bucket))
                        .publicAccessBlockConfiguration()
                        .blockPublicPolicy())
                .isTrue();
        var acl = s3.getBucketAcl(b -> b.bucket(bucket));
        assertThat(acl.grants()).hasSize(1);
        assertThat(acl.grants().get(0).permission()).isEqualTo(Permission.FULL_CONTROL);
        assertThat(acl.grants().get(0).grantee().id()).isEqualTo(acl.owner().id());
    }

    @Test
    void what_is_not_offered_is_refused_by_name() {
        refused(
                501,
                "NotImplemented",
                () -> s3.putBucketWebsite(
                        b -> b.bucket(bucket).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("x")))));
        refused(501, "NotImplemented", () -> s3.putBucketReplication(b -> b.bucket(bucket)));
        refused(501, "NotImplemented", () -> s3.putObjectLockConfiguration(b -> b.bucket(bucket)));
        refused(
                501,
                "NotImplemented",
                () -> s3.createBucket(b -> b.bucket(name()).objectLockEnabledForBucket(true)));
        refused(
                501,
                "NotImplemented",
                () -> s3.putBucketEncryption(b -> b.bucket(bucket)
                        .serverSideEncryptionConfiguration(c ->
                                c.rules(r -> r.applyServerSideEncryptionByDefault(d -> d.sseAlgorithm("aws:kms"))))));
        refused(
                501,
                "NotImplemented",
                () -> s3.putBucketRequestPayment(
                        b -> b.bucket(bucket).requestPaymentConfiguration(c -> c.payer(Payer.REQUESTER))));
        refused(
                501,
                "NotImplemented",
                () -> s3.headObject(b -> b.bucket(bucket).key("k").sseCustomerAlgorithm("AES256")));
    }

    @Test
    void what_is_set_is_told_until_it_is_deleted() {
        s3.putBucketTagging(b ->
                b.bucket(bucket).tagging(t -> t.tagSet(g -> g.key("a").value("1"))));
        assertThat(s3.getBucketTagging(b -> b.bucket(bucket)).tagSet()).hasSize(1);
        s3.deleteBucketTagging(b -> b.bucket(bucket));
        notSet("NoSuchTagSet", () -> s3.getBucketTagging(b -> b.bucket(bucket)));

        s3.deletePublicAccessBlock(b -> b.bucket(bucket));
        notSet("NoSuchPublicAccessBlockConfiguration", () -> s3.getPublicAccessBlock(b -> b.bucket(bucket)));
        s3.putPublicAccessBlock(b -> b.bucket(bucket).publicAccessBlockConfiguration(p -> p.ignorePublicAcls(true)));
        var block = s3.getPublicAccessBlock(b -> b.bucket(bucket)).publicAccessBlockConfiguration();
        assertThat(List.of(
                        block.blockPublicAcls(),
                        block.ignorePublicAcls(),
                        block.blockPublicPolicy(),
                        block.restrictPublicBuckets()))
                .containsExactly(false, true, false, false);

        s3.deleteBucketOwnershipControls(b -> b.bucket(bucket));
        notSet("OwnershipControlsNotFoundError", () -> s3.getBucketOwnershipControls(b -> b.bucket(bucket)));

        s3.putBucketEncryption(b -> b.bucket(bucket)
                .serverSideEncryptionConfiguration(c -> c.rules(r ->
                        r.bucketKeyEnabled(true).applyServerSideEncryptionByDefault(d -> d.sseAlgorithm("AES256")))));
        assertThat(s3.getBucketEncryption(b -> b.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .bucketKeyEnabled())
                .isTrue();
        refused(
                400,
                "IllegalVersioningConfigurationException",
                () -> s3.putBucketVersioning(
                        b -> b.bucket(bucket).versioningConfiguration(v -> v.mfaDelete("Disabled"))));
    }

    private void cors(CORSRule... rules) {
        s3.putBucketCors(b -> b.bucket(bucket).corsConfiguration(c -> c.corsRules(rules)));
    }

    @Test
    void rules_for_pages_of_other_sites_have_a_form() {
        CORSRule rule = CORSRule.builder()
                .allowedMethods("GET")
                .allowedOrigins("https://*.example.com")
                .maxAgeSeconds(60)
                .build();
        cors(rule);
        assertThat(s3.getBucketCors(b -> b.bucket(bucket)).corsRules()).containsExactly(rule);
        refused(
                400,
                "InvalidRequest",
                () -> cors(rule.toBuilder().allowedMethods("MYMETHOD").build()));
        refused(
                400,
                "InvalidRequest",
                () -> cors(rule.toBuilder().allowedOrigins("http://*.*").build()));
        refused(400, "MalformedXML", () -> cors());
        s3.deleteBucketCors(b -> b.bucket(bucket));
        notSet("NoSuchCORSConfiguration", () -> s3.getBucketCors(b -> b.bucket(bucket)));
    }

    private void lifecycle(LifecycleRule... rules) {
        s3.putBucketLifecycleConfiguration(b -> b.bucket(bucket).lifecycleConfiguration(c -> c.rules(rules)));
    }

    @Test
    void rules_by_which_objects_go_have_a_form() {
        LifecycleRule rule = LifecycleRule.builder()
                .id("one")
                .status("Enabled")
                .filter(f -> f.prefix("a/"))
                .expiration(e -> e.days(1))
                .build();
        lifecycle(rule);
        assertThat(s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules())
                .containsExactly(rule);
        refused(400, "InvalidArgument", () -> lifecycle(rule, rule));
        refused(
                400,
                "InvalidArgument",
                () -> lifecycle(rule.toBuilder().expiration(e -> e.days(0)).build()));
        refused(
                400,
                "InvalidArgument",
                () -> lifecycle(rule.toBuilder().id("x".repeat(256)).build()));
        refused(
                400,
                "MalformedXML",
                () -> lifecycle(rule.toBuilder().status("enabled").build()));
        refused(
                400,
                "MalformedXML",
                () -> lifecycle(
                        rule.toBuilder().filter((LifecycleRuleFilter) null).build()));
        refused(
                501,
                "NotImplemented",
                () -> lifecycle(rule.toBuilder()
                        .transitions(t -> t.days(90).storageClass("GLACIER"))
                        .build()));
        s3.deleteBucketLifecycle(b -> b.bucket(bucket));
        notSet("NoSuchLifecycleConfiguration", () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)));
    }

    private static QueueConfiguration queue(String prefix, String... events) {
        return QueueConfiguration.builder()
                .id("to-" + prefix)
                .queueArn("arn:aws:sqs:us-east-1:111122223333:q")
                .eventsWithStrings(events)
                .filter(f -> f.key(k -> k.filterRules(r -> r.name("prefix").value(prefix))))
                .build();
    }

    private void notify(boolean targetsAreNotAsked, QueueConfiguration... queues) {
        s3.putBucketNotificationConfiguration(b -> b.bucket(bucket)
                .skipDestinationValidation(targetsAreNotAsked)
                .notificationConfiguration(n -> n.queueConfigurations(queues)));
    }

    @Test
    void who_is_told_of_events_is_kept_but_targets_that_nobody_can_reach_are_refused() {
        QueueConfiguration a = queue("a", "s3:ObjectCreated:*");
        notify(true, a, queue("b", "s3:ObjectCreated:Put"));
        assertThat(s3.getBucketNotificationConfiguration(b -> b.bucket(bucket)).queueConfigurations())
                .contains(a);
        refused(400, "InvalidArgument", () -> notify(false, a));
        refused(400, "InvalidArgument", () -> notify(true, a, queue("ab", "s3:ObjectCreated:Put")));
        refused(400, "InvalidArgument", () -> notify(true, queue("a", "s3:Nothing:*")));
        s3.putBucketNotificationConfiguration(
                b -> b.bucket(bucket).notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
        var kept = s3.getBucketNotificationConfiguration(b -> b.bucket(bucket));
        assertThat(kept.eventBridgeConfiguration()).isNotNull();
        assertThat(kept.queueConfigurations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12, InvalidBucketOwnerAWSAccountID, 400", "999988887777, AccessDenied, 403"})
    void who_expects_another_owner_is_refused(String owner, String code, int status) {
        refused(status, code, () -> s3.headBucket(b -> b.bucket(bucket).expectedBucketOwner(owner)));
    }
}
