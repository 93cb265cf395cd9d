package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Ids;
import io.slipway.kit.Loops;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What goes by itself as time passes. */
@NullUnmarked
@SuppressWarnings("unchecked") // Arrays of builders, which the SDK takes.
class LifecycleTest {
    private static final Duration LOOK = Duration.ofSeconds(31);

    @TempDir
    private Path folder;

    private final FakeClock clock =
            new FakeClock(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli());
    private Database database;
    private Base base;
    private S3Client s3;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder);
        Ids ids = new Ids(clock, new Random(1));
        base = new Base(
                database, new Facts(clock), clock, ids, new Loops(clock, new FakeTimer(clock), ids, Runnable::run));
        s3 = new ObjectArea(base, folder.resolve("objects")).platform(new AccountId("111122223333"));
        s3.createBucket(b -> b.bucket("bucket"));
        base.loops().start();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void rule(LifecycleRule.Builder rule) {
        s3.putBucketLifecycleConfiguration(b -> b.bucket("bucket")
                .lifecycleConfiguration(
                        c -> c.rules(rule.id("rule").status("Enabled").build())));
    }

    private static LifecycleRule.Builder on(String prefix) {
        return LifecycleRule.builder().filter(f -> f.prefix(prefix));
    }

    private void put(String key, String tags) {
        s3.putObject(b -> b.bucket("bucket").key(key).tagging(tags), RequestBody.fromString(key));
    }

    private List<String> keys() {
        return s3.listObjectsV2(b -> b.bucket("bucket")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The clock is set forward, and loops look at what there is. */
    private void pass(Duration time) {
        clock.jump(time);
        clock.advance(LOOK);
    }

    @Test
    void an_object_goes_at_the_midnight_after_its_days() {
        put("old/a", "");
        put("kept", "");
        rule(on("old/").expiration(e -> e.days(1)));
        assertThat(s3.headObject(b -> b.bucket("bucket").key("old/a")).expiration())
                .isEqualTo("expiry-date=\"Tue, 3 Mar 2026 00:00:00 GMT\", rule-id=\"rule\"");
        pass(Duration.ofHours(35));
        assertThat(keys()).containsExactly("kept", "old/a");
        pass(Duration.ofHours(2));
        assertThat(keys()).containsExactly("kept");
    }

    @Test
    void a_rule_that_is_set_speaks_of_what_is_old_already() {
        put("a", "go=1");
        put("b", "go=2");
        pass(Duration.ofDays(3));
        rule(LifecycleRule.builder()
                .filter(f -> f.tag(t -> t.key("go").value("1")))
                .expiration(e -> e.days(1)));
        assertThat(keys()).containsExactly("b");
    }

    @Test
    void versions_that_were_replaced_go_and_a_marker_that_hides_nothing() {
        s3.putBucketVersioning(
                b -> b.bucket("bucket").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        for (int i = 0; i < 4; i++) {
            put("k", "");
            clock.advance(Duration.ofSeconds(1));
        }
        put("hidden", "");
        s3.deleteObject(b -> b.bucket("bucket").key("hidden"));
        rule(on("").noncurrentVersionExpiration(n -> n.noncurrentDays(1).newerNoncurrentVersions(1))
                .expiration(e -> e.expiredObjectDeleteMarker(true)));
        pass(Duration.ofDays(2));
        var versions = s3.listObjectVersions(b -> b.bucket("bucket"));
        assertThat(versions.versions()).extracting(each -> each.key()).containsExactly("hidden", "k", "k");
        assertThat(versions.deleteMarkers()).hasSize(1);
        rule(on("").noncurrentVersionExpiration(n -> n.noncurrentDays(1))
                .expiration(e -> e.expiredObjectDeleteMarker(true)));
        pass(Duration.ofDays(1));
        versions = s3.listObjectVersions(b -> b.bucket("bucket"));
        assertThat(versions.versions()).extracting(each -> each.key()).containsExactly("k");
        assertThat(versions.deleteMarkers()).isEmpty();
    }

    @Test
    void what_goes_in_a_bucket_with_versions_is_hidden() {
        s3.putBucketVersioning(
                b -> b.bucket("bucket").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        put("k", "");
        rule(on("").expiration(e -> e.date(Instant.parse("2026-03-05T00:00:00Z"))));
        pass(Duration.ofDays(5));
        assertThat(keys()).isEmpty();
        assertThat(s3.listObjectVersions(b -> b.bucket("bucket")).versions()).hasSize(1);
    }

    @Test
    void uploads_that_nobody_ends_are_given_up() {
        String id = s3.createMultipartUpload(b -> b.bucket("bucket").key("k")).uploadId();
        s3.uploadPart(b -> b.bucket("bucket").key("k").uploadId(id).partNumber(1), RequestBody.fromString("x"));
        rule(on("").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(2)));
        pass(Duration.ofDays(2));
        assertThat(s3.listMultipartUploads(b -> b.bucket("bucket")).uploads()).hasSize(1);
        pass(Duration.ofDays(1));
        assertThat(s3.listMultipartUploads(b -> b.bucket("bucket")).uploads()).isEmpty();
    }

    @Test
    void large_objects_move_to_another_storage_class() {
        s3.putObject(b -> b.bucket("bucket").key("large"), RequestBody.fromBytes(new byte[200_000]));
        put("small", "");
        rule(on("").transitions(t -> t.days(30).storageClass("STANDARD_IA")));
        pass(Duration.ofDays(32));
        assertThat(s3.listObjectsV2(b -> b.bucket("bucket")).contents())
                .extracting(S3Object::storageClassAsString)
                .containsExactly("STANDARD_IA", "STANDARD");
    }

    @Test
    void events_of_a_bucket_that_asks_for_them_are_in_the_event_log() {
        put("before", "");
        s3.putBucketNotificationConfiguration(
                b -> b.bucket("bucket").notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
        put("k", "");
        s3.deleteObject(b -> b.bucket("bucket").key("k"));
        s3.deleteObject(b -> b.bucket("bucket").key("gone"));
        var events = database.read(handle -> base.facts().after(handle, 0, 100)).stream()
                .filter(each -> each.kind().startsWith("object."))
                .toList();
        assertThat(events)
                .extracting(
                        each -> each.kind() + " " + each.body().path("event").asText() + " "
                                + each.body().path("key").asText())
                .containsExactly("object.created ObjectCreated:Put k", "object.removed ObjectRemoved:Delete k");
        assertThat(events.get(0).body().path("sequencer").asText())
                .isLessThan(events.get(1).body().path("sequencer").asText());
    }
}
