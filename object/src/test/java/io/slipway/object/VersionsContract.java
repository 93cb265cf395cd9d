package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets that keep what is overwritten. */
@NullUnmarked
@SuppressWarnings({"deprecation", "unchecked"}) // Arrays of builders, and the header of a copy as a wire reads it.
abstract class VersionsContract extends S3Contract {
    private static final String UNKNOWN = "abcdefghijabcdefghijabcdefghijab";

    private List<String> versions() {
        return s3.listObjectVersions(b -> b.bucket(bucket)).versions().stream()
                .map(each -> each.key() + (each.isLatest() ? "*" : ""))
                .toList();
    }

    private List<String> markers() {
        return s3.listObjectVersions(b -> b.bucket(bucket)).deleteMarkers().stream()
                .map(each -> each.key() + (each.isLatest() ? "*" : ""))
                .toList();
    }

    @Test
    void each_put_is_a_version_that_can_be_read_by_its_id() {
        versioning(BucketVersioningStatus.ENABLED);
        String first = put("k", "first").versionId();
        String second = put("k", "second").versionId();
        assertThat(first).hasSize(32).isNotEqualTo(second);
        assertThat(text("k")).isEqualTo("second");
        assertThat(text("k", first)).isEqualTo("first");
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).versionId()).isEqualTo(second);
        assertThat(versions()).containsExactly("k*", "k");
    }

    @Test
    void a_delete_hides_what_it_deletes_until_its_marker_is_deleted() {
        versioning(BucketVersioningStatus.ENABLED);
        String first = put("k", "first").versionId();
        DeleteObjectResponse deleted = s3.deleteObject(b -> b.bucket(bucket).key("k"));
        assertThat(deleted.deleteMarker()).isTrue();
        assertThat(keys()).isEmpty();
        S3Exception hidden = refused(404, "NoSuchKey", () -> text("k"));
        assertThat(hidden.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-delete-marker"))
                .contains("true");
        S3Exception marker = refused(405, "MethodNotAllowed", () -> text("k", deleted.versionId()));
        assertThat(marker.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-version-id"))
                .contains(deleted.versionId());
        assertThat(text("k", first)).isEqualTo("first");
        DeleteObjectResponse undone =
                s3.deleteObject(b -> b.bucket(bucket).key("k").versionId(deleted.versionId()));
        assertThat(undone.deleteMarker()).isTrue();
        assertThat(text("k")).isEqualTo("first");
        assertThat(versions()).containsExactly("k*");
    }

    @Test
    void a_version_that_is_deleted_by_its_id_is_gone_and_the_one_before_it_is_meant() {
        versioning(BucketVersioningStatus.ENABLED);
        put("k", "first");
        String second = put("k", "second").versionId();
        s3.deleteObject(b -> b.bucket(bucket).key("k").versionId(second));
        assertThat(text("k")).isEqualTo("first");
        refused(404, "NoSuchVersion", () -> text("k", second));
        refused(404, "NoSuchVersion", () -> text("k", UNKNOWN));
        refused(400, "InvalidArgument", () -> text("k", "no version"));
        s3.deleteObject(b -> b.bucket(bucket).key("k").versionId(UNKNOWN));
    }

    @Test
    void what_was_there_before_versioning_is_the_version_null() {
        put("k", "before");
        versioning(BucketVersioningStatus.ENABLED);
        put("k", "after");
        assertThat(text("k", "null")).isEqualTo("before");
        s3.deleteObject(b -> b.bucket(bucket).key("k").versionId("null"));
        assertThat(versions()).containsExactly("k*");
    }

    @Test
    void a_suspended_bucket_overwrites_the_version_null_only() {
        versioning(BucketVersioningStatus.ENABLED);
        String kept = put("k", "kept").versionId();
        versioning(BucketVersioningStatus.SUSPENDED);
        assertThat(put("k", "one").versionId()).isNull();
        put("k", "two");
        assertThat(versions()).containsExactly("k*", "k");
        assertThat(text("k", "null")).isEqualTo("two");
        assertThat(text("k", kept)).isEqualTo("kept");
        assertThat(s3.deleteObject(b -> b.bucket(bucket).key("k")).versionId()).isEqualTo("null");
        assertThat(versions()).containsExactly("k");
        assertThat(markers()).containsExactly("k*");
        s3.deleteObject(b -> b.bucket(bucket).key("k").versionId("null"));
        assertThat(text("k")).isEqualTo("kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void pages_of_versions_tell_each_once_newest_first(int size) {
        versioning(BucketVersioningStatus.ENABLED);
        List<String> wanted = new ArrayList<>();
        for (String key : List.of("a", "b/1", "c")) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(0, key + put(key, "" + i).versionId());
            }
            wanted.addAll(ids);
        }
        wanted.add(0, "a" + s3.deleteObject(b -> b.bucket(bucket).key("a")).versionId());
        List<String> told = new ArrayList<>();
        String key = null;
        String id = null;
        boolean more = true;
        while (more) {
            String afterKey = key;
            String afterId = id;
            ListObjectVersionsResponse page = s3.listObjectVersions(
                    b -> b.bucket(bucket).maxKeys(size).keyMarker(afterKey).versionIdMarker(afterId));
            List<String> ids = new ArrayList<>();
            page.deleteMarkers().forEach((DeleteMarkerEntry each) -> ids.add(each.key() + each.versionId()));
            page.versions().forEach((ObjectVersion each) -> ids.add(each.key() + each.versionId()));
            assertThat(ids).hasSizeLessThanOrEqualTo(size);
            told.addAll(ids);
            more = page.isTruncated();
            key = page.nextKeyMarker();
            id = page.nextVersionIdMarker();
        }
        assertThat(told).isEqualTo(wanted);
        var prefixed = s3.listObjectVersions(b -> b.bucket(bucket).delimiter("/"));
        assertThat(prefixed.commonPrefixes()).extracting(each -> each.prefix()).containsExactly("b/");
        assertThat(prefixed.versions()).hasSize(6);
        refused(
                400,
                "InvalidArgument",
                () -> s3.listObjectVersions(b -> b.bucket(bucket).versionIdMarker(UNKNOWN)));
    }

    @Test
    void an_older_version_is_copied_back_and_has_tags_of_its_own() {
        versioning(BucketVersioningStatus.ENABLED);
        String first = put("k", "first").versionId();
        put("k", "second");
        s3.putObjectTagging(b -> b.bucket(bucket)
                .key("k")
                .versionId(first)
                .tagging(t -> t.tagSet(g -> g.key("a").value("1"))));
        assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet()).isEmpty();
        var copied = s3.copyObject(b -> b.copySource(bucket + "/k?versionId=" + first)
                .destinationBucket(bucket)
                .destinationKey("k"));
        assertThat(copied.copySourceVersionId()).isEqualTo(first);
        assertThat(text("k")).isEqualTo("first");
        assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet()).hasSize(1);
    }

    @Test
    void versions_and_markers_are_deleted_many_at_once() {
        versioning(BucketVersioningStatus.ENABLED);
        String first = put("k", "first").versionId();
        var hidden = s3.deleteObjects(b -> b.bucket(bucket)
                .delete(d -> d.objects(ObjectIdentifier.builder().key("k").build())));
        assertThat(hidden.deleted().get(0).deleteMarker()).isTrue();
        String marker = hidden.deleted().get(0).deleteMarkerVersionId();
        var gone = s3.deleteObjects(b -> b.bucket(bucket)
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("k").versionId(marker).build(),
                        ObjectIdentifier.builder().key("k").versionId(first).build())));
        assertThat(gone.deleted()).extracting(each -> each.versionId()).containsExactly(marker, first);
        assertThat(versions()).isEmpty();
        assertThat(markers()).isEmpty();
    }

    @Test
    void a_bucket_with_versions_is_not_empty() {
        versioning(BucketVersioningStatus.ENABLED);
        put("k", "x");
        s3.deleteObject(b -> b.bucket(bucket).key("k"));
        refused(409, "BucketNotEmpty", () -> s3.deleteBucket(b -> b.bucket(bucket)));
    }
}
