package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** Objects: put, read, copied, deleted. */
@NullUnmarked
@SuppressWarnings({"deprecation", "unchecked"}) // Arrays of builders, and the header of a copy as a wire reads it.
abstract class ObjectsContract extends S3Contract {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 << 10, (16 << 10) + 1, 300_000})
    void bytes_come_back_as_they_were_put(int size) {
        byte[] body = bytes(size);
        put("a/key", body);
        GetObjectResponse head;
        try (ResponseInputStream<GetObjectResponse> stream =
                s3.getObject(b -> b.bucket(bucket).key("a/key"))) {
            head = stream.response();
            assertThat(stream.readAllBytes()).isEqualTo(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(head.contentLength()).isEqualTo(size);
        assertThat(head.contentType()).isEqualTo("binary/octet-stream");
        assertThat(head.acceptRanges()).isEqualTo("bytes");
        assertThat(s3.headObject(b -> b.bucket(bucket).key("a/key")).eTag()).isEqualTo(head.eTag());
    }

    @Test
    void the_etag_is_the_md5_of_the_bytes() {
        assertThat(put("k", "hello world").eTag()).isEqualTo("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"");
    }

    @Test
    void a_later_put_takes_the_place_of_an_earlier_one_with_all_that_was_said_of_it() {
        s3.putObject(
                b -> b.bucket(bucket).key("k").metadata(Map.of("Color", "blue")).contentLanguage("de"),
                RequestBody.fromBytes(bytes(50_000)));
        put("k", "second");
        HeadObjectResponse head = s3.headObject(b -> b.bucket(bucket).key("k"));
        assertThat(head.metadata()).isEmpty();
        assertThat(head.contentLanguage()).isNull();
        assertThat(text("k")).isEqualTo("second");
    }

    @Test
    void what_is_said_of_an_object_is_told_with_it() {
        s3.putObject(
                b -> b.bucket(bucket)
                        .key("k")
                        .contentType("text/plain")
                        .contentEncoding("aws-chunked,deflate, gzip")
                        .contentDisposition("attachment")
                        .contentLanguage("en")
                        .cacheControl("no-cache")
                        .expires(Instant.parse("2030-01-02T03:04:05Z"))
                        .storageClass(StorageClass.STANDARD_IA)
                        .websiteRedirectLocation("/there")
                        .tagging("a=b&c=")
                        .metadata(Map.of("Color", "blue")),
                RequestBody.fromString("x"));
        HeadObjectResponse head = s3.headObject(b -> b.bucket(bucket).key("k"));
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.contentEncoding()).isEqualTo("deflate, gzip");
        assertThat(head.contentDisposition()).isEqualTo("attachment");
        assertThat(head.contentLanguage()).isEqualTo("en");
        assertThat(head.cacheControl()).isEqualTo("no-cache");
        assertThat(head.expiresString()).startsWith("Wed, 2 Jan 2030 03:04:05");
        assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(head.websiteRedirectLocation()).isEqualTo("/there");
        assertThat(head.metadata()).containsExactly(Map.entry("color", "blue"));
        assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet())
                .extracting(Tag::key, Tag::value)
                .containsExactly(tuple("a", "b"), tuple("c", ""));
        GetObjectResponse other = s3.getObjectAsBytes(b -> b.bucket(bucket)
                        .key("k")
                        .responseContentType("text/html")
                        .responseCacheControl("x"))
                .response();
        assertThat(other.contentType()).isEqualTo("text/html");
        assertThat(other.cacheControl()).isEqualTo("x");
        assertThat(other.tagCount()).isEqualTo(2);
    }

    @Test
    void what_is_not_there_is_told_by_name() {
        assertThatThrownBy(() -> text("gone")).isInstanceOfSatisfying(NoSuchKeyException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(404);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("The specified key does not exist.");
            assertThat(e.awsErrorDetails().rawResponse().asUtf8String()).contains("<Key>gone</Key>");
        });
        String other = name();
        assertThatThrownBy(() -> s3.listObjectsV2(b -> b.bucket(other))).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.putObject(b -> b.bucket(other).key("k"), RequestBody.fromString("x")))
                .isInstanceOf(NoSuchBucketException.class);
        s3.deleteObject(b -> b.bucket(bucket).key("gone"));
    }

    @Test
    void a_stream_that_throws_at_its_end_stores_nothing() {
        for (int size : new int[] {10, 100_000}) {
            put("k" + size, "before");
            InputStream broken = new InputStream() {
                private int left = size;

                @Override
                public int read(byte[] target, int offset, int length) {
                    if (left == 0) {
                        throw S3Exception.builder().message("wrong sum").build();
                    }
                    int count = Math.min(left, length);
                    left -= count;
                    return count;
                }

                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1);
                }
            };
            assertThatThrownBy(() -> s3.putObject(
                            b -> b.bucket(bucket).key("k" + size),
                            RequestBody.fromContentProvider(() -> broken, "text/plain")))
                    .hasMessage("wrong sum");
            assertThat(text("k" + size)).isEqualTo("before");
        }
    }

    @Test
    void a_body_of_another_length_is_refused() {
        refused(
                400,
                "IncompleteBody",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").contentLength(5L),
                        RequestBody.fromContentProvider(
                                () -> new ByteArrayInputStream(new byte[4]), "application/octet-stream")));
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=-30, 0123456789, bytes 0-9/10",
        "bytes=5-100, 56789, bytes 5-9/10",
        "bytes=3-1, 0123456789,",
        "'bytes=0-1,3-4', 0123456789,",
        "lines=1-2, 0123456789,"
    })
    void a_range_of_bytes_is_read(String range, String wanted, String told) {
        put("k", "0123456789");
        var got = s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").range(range));
        assertThat(got.asUtf8String()).isEqualTo(wanted);
        assertThat(got.response().contentRange()).isEqualTo(told);
        assertThat(got.response().contentLength()).isEqualTo(wanted.length());
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k").range(range)).contentLength())
                .isEqualTo(wanted.length());
    }

    @Test
    void a_range_of_a_large_object_is_read_from_its_file() {
        byte[] body = bytes(200_000);
        put("k", body);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").range("bytes=99999-150000"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(body, 99_999, 150_001));
    }

    @Test
    void a_range_behind_the_end_is_refused_with_the_size() {
        put("k", "0123456789");
        put("empty", "");
        S3Exception refusal = refused(
                416,
                "InvalidRange",
                () -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").range("bytes=10-")));
        assertThat(refusal.awsErrorDetails().rawResponse().asUtf8String())
                .contains("<ActualObjectSize>10</ActualObjectSize>");
        refused(
                416,
                "InvalidRange",
                () -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("empty").range("bytes=0-1")));
    }

    @Test
    void reads_are_answered_if_conditions_hold_in_their_order_of_precedence() {
        String etag = put("k", "x").eTag();
        Instant at = s3.headObject(b -> b.bucket(bucket).key("k")).lastModified();
        Instant before = at.minus(Duration.ofHours(1));
        Instant after = at.plus(Duration.ofHours(1));
        s3.headObject(b -> b.bucket(bucket).key("k").ifMatch(etag).ifUnmodifiedSince(before));
        s3.headObject(b -> b.bucket(bucket).key("k").ifNoneMatch("\"no\"").ifModifiedSince(after));
        s3.headObject(b -> b.bucket(bucket).key("k").ifModifiedSince(before).ifUnmodifiedSince(after));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").ifMatch("\"no\"")));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").ifUnmodifiedSince(before)));
        S3Exception same = refused(
                304,
                "NotModified",
                () -> s3.getObjectAsBytes(
                        b -> b.bucket(bucket).key("k").ifNoneMatch(etag).ifModifiedSince(before)));
        assertThat(same.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("ETag"))
                .contains(etag);
        refused(
                304,
                "NotModified",
                () -> s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").ifModifiedSince(at)));
    }

    @Test
    void a_put_that_is_to_replace_nothing_is_refused_where_there_is_something() {
        s3.putObject(b -> b.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("first"));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(b -> b.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("second")));
        assertThat(text("k")).isEqualTo("first");
        refused(
                501,
                "NotImplemented",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").ifNoneMatch("\"x\""), RequestBody.fromString("second")));
    }

    @Test
    void a_put_that_is_to_replace_something_known_is_refused_where_there_is_something_else() {
        String etag = put("k", "first").eTag();
        s3.putObject(b -> b.bucket(bucket).key("k").ifMatch(etag), RequestBody.fromString("second"));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(b -> b.bucket(bucket).key("k").ifMatch(etag), RequestBody.fromString("third")));
        refused(
                404,
                "NoSuchKey",
                () -> s3.putObject(b -> b.bucket(bucket).key("other").ifMatch(etag), RequestBody.fromString("third")));
        assertThat(text("k")).isEqualTo("second");
    }

    @Test
    void what_a_put_was_to_replace_and_somebody_deleted_meanwhile_is_a_conflict() {
        String etag = put("k", "first").eTag();
        InputStream slow = new ByteArrayInputStream("second".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                s3.deleteObject(b -> b.bucket(bucket).key("k"));
                return super.read(target, offset, length);
            }
        };
        refused(
                409,
                "ConditionalRequestConflict",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").ifMatch(etag),
                        RequestBody.fromContentProvider(() -> slow, "text/plain")));
        assertThat(keys()).isEmpty();
    }

    @Test
    void of_many_that_put_where_nothing_is_one_wins() {
        long won = IntStream.range(0, 16)
                .parallel()
                .filter(i -> {
                    try {
                        s3.putObject(
                                b -> b.bucket(bucket).key("log/1").ifNoneMatch("*"), RequestBody.fromString("" + i));
                        return true;
                    } catch (S3Exception e) {
                        assertThat(e.statusCode()).isEqualTo(412);
                        return false;
                    }
                })
                .count();
        assertThat(won).isEqualTo(1);
    }

    @Test
    void a_delete_may_ask_for_what_it_deletes() {
        String etag = put("k", "x").eTag();
        refused(
                412,
                "PreconditionFailed",
                () -> s3.deleteObject(b -> b.bucket(bucket).key("k").ifMatch("\"no\"")));
        s3.deleteObject(b -> b.bucket(bucket).key("k").ifMatch(etag));
        s3.deleteObject(b -> b.bucket(bucket).key("k").ifMatch(etag));
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, DUoRhQ==",
        "CRC32C, yZRlqg==",
        "CRC64NVME, jSnVw/bqjr4=",
        "SHA1, Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
        "SHA256, uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="
    })
    void checksums_are_checked_kept_and_shown_to_those_who_ask(String algorithm, String value) {
        String name = "Checksum" + algorithm;
        PutObjectResponse put = s3.putObject(
                b -> b.bucket(bucket).key("k").checksumAlgorithm(algorithm), RequestBody.fromString("hello world"));
        assertThat(put.getValueForField(name, String.class)).contains(value);
        assertThat(put.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        HeadObjectResponse asked = s3.headObject(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(asked.getValueForField(name, String.class)).contains(value);
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).getValueForField(name, String.class))
                .isEmpty();
    }

    @Test
    void who_sends_no_checksum_gets_one_all_the_same() {
        assertThat(put("k", "hello world").checksumCRC64NVME()).isEqualTo("jSnVw/bqjr4=");
    }

    @Test
    void bytes_that_are_not_what_the_sender_says_are_refused() {
        refused(
                400,
                "BadDigest",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").checksumCRC32("AAAAAA=="),
                        RequestBody.fromString("hello world")));
        refused(
                400,
                "InvalidRequest",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").checksumSHA1("AAAAAA=="),
                        RequestBody.fromString("hello world")));
        refused(
                400,
                "BadDigest",
                () -> s3.putObject(
                        b -> b.bucket(bucket)
                                .key("k")
                                .contentMD5(Base64.getEncoder().encodeToString(new byte[16])),
                        RequestBody.fromBytes(bytes(100_000))));
        refused(
                400,
                "InvalidDigest",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").contentMD5("no"), RequestBody.fromString("hello world")));
        assertThat(keys()).isEmpty();
    }

    @Test
    void keys_and_what_is_said_of_objects_have_limits() {
        put("k".repeat(1024), "x");
        refused(400, "KeyTooLongError", () -> put("ä".repeat(513), "x"));
        refused(
                400,
                "MetadataTooLarge",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").metadata(Map.of("a", "x".repeat(2048))),
                        RequestBody.fromString("x")));
        refused(
                400,
                "InvalidStorageClass",
                () -> s3.putObject(b -> b.bucket(bucket).key("k").storageClass("COLD"), RequestBody.fromString("x")));
        refused(
                400,
                "InvalidArgument",
                () -> s3.putObject(b -> b.bucket(bucket).key("k").tagging("a=1&a=2"), RequestBody.fromString("x")));
        refused(
                400,
                "InvalidTag",
                () -> s3.putObject(b -> b.bucket(bucket).key("k").tagging("aws:a=1"), RequestBody.fromString("x")));
        refused(
                400,
                "InvalidRequest",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").objectLockMode("GOVERNANCE"), RequestBody.fromString("x")));
        refused(
                400,
                "AccessControlListNotSupported",
                () -> s3.putObject(
                        b -> b.bucket(bucket).key("k").acl(ObjectCannedACL.PUBLIC_READ), RequestBody.fromString("x")));
    }

    @Test
    void tags_of_an_object_are_put_and_deleted() {
        put("k", "x");
        s3.putObjectTagging(b -> b.bucket(bucket)
                .key("k")
                .tagging(t -> t.tagSet(Tag.builder().key("a").value("1").build())));
        assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet()).hasSize(1);
        s3.deleteObjectTagging(b -> b.bucket(bucket).key("k"));
        assertThat(s3.getObjectTagging(b -> b.bucket(bucket).key("k")).tagSet()).isEmpty();
        List<Tag> many = numbered("t", 11).stream()
                .map(each -> Tag.builder().key(each).value("").build())
                .toList();
        refused(
                400,
                "BadRequest",
                () -> s3.putObjectTagging(b -> b.bucket(bucket).key("k").tagging(t -> t.tagSet(many))));
        refused(
                404,
                "NoSuchKey",
                () -> s3.getObjectTagging(b -> b.bucket(bucket).key("gone")));
    }

    @Test
    void a_copy_has_the_bytes_and_what_is_said_of_them() {
        byte[] body = bytes(100_000);
        s3.putObject(
                b -> b.bucket(bucket)
                        .key("from")
                        .contentType("a/b")
                        .metadata(Map.of("m", "1"))
                        .tagging("t=1"),
                RequestBody.fromBytes(body));
        CopyObjectResponse copied = s3.copyObject(b -> b.sourceBucket(bucket)
                .sourceKey("from")
                .destinationBucket(bucket)
                .destinationKey("to"));
        s3.deleteObject(b -> b.bucket(bucket).key("from"));
        var got = s3.getObjectAsBytes(b -> b.bucket(bucket).key("to"));
        assertThat(got.asByteArray()).isEqualTo(body);
        assertThat(got.response().contentType()).isEqualTo("a/b");
        assertThat(got.response().metadata()).containsEntry("m", "1");
        assertThat(got.response().tagCount()).isEqualTo(1);
        assertThat(copied.copyObjectResult().eTag()).isEqualTo(got.response().eTag());
    }

    @Test
    void a_copy_may_say_other_things_of_the_bytes() {
        s3.putObject(
                b -> b.bucket(bucket)
                        .key("k")
                        .contentType("a/b")
                        .metadata(Map.of("m", "1"))
                        .tagging("t=1"),
                RequestBody.fromString("x"));
        refused(
                400,
                "InvalidRequest",
                () -> s3.copyObject(b -> b.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("k")));
        s3.copyObject(b -> b.copySource(bucket + "/k")
                .destinationBucket(bucket)
                .destinationKey("k")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("n", "2"))
                .taggingDirective(TaggingDirective.REPLACE)
                .checksumAlgorithm(ChecksumAlgorithm.SHA1));
        var got = s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(got.asUtf8String()).isEqualTo("x");
        assertThat(got.response().metadata()).containsExactly(Map.entry("n", "2"));
        assertThat(got.response().contentType()).isEqualTo("binary/octet-stream");
        assertThat(got.response().tagCount()).isNull();
        assertThat(got.response().checksumSHA1()).isEqualTo("EfatjsUqKYSrqv18O1FlA3hcIHI=");
    }

    @Test
    void a_copy_asks_for_its_source_and_its_target() {
        String etag = put("from", "x").eTag();
        put("to", "y");
        refused(
                412,
                "PreconditionFailed",
                () -> s3.copyObject(b -> b.copySource(bucket + "/from")
                        .copySourceIfNoneMatch(etag)
                        .destinationBucket(bucket)
                        .destinationKey("to")));
        refused(
                404,
                "NoSuchKey",
                () -> s3.copyObject(b ->
                        b.copySource(bucket + "/gone").destinationBucket(bucket).destinationKey("to")));
        s3.copyObject(b -> b.copySource(bucket + "/from")
                .copySourceIfMatch(etag)
                .destinationBucket(bucket)
                .destinationKey("a b+ä"));
        s3.copyObject(b ->
                b.copySource(bucket + "/a%20b+%C3%A4").destinationBucket(bucket).destinationKey("to"));
        assertThat(text("to")).isEqualTo("x");
    }

    @Test
    void many_are_deleted_at_once_each_by_itself() {
        put("a", "b", "c");
        var some = List.of(
                ObjectIdentifier.builder().key("a").build(),
                ObjectIdentifier.builder().key("gone").build(),
                ObjectIdentifier.builder().key("b").eTag("\"no\"").build());
        var deleted = s3.deleteObjects(b -> b.bucket(bucket).delete(d -> d.objects(some)));
        assertThat(deleted.deleted()).extracting(each -> each.key()).containsExactly("a", "gone");
        assertThat(deleted.errors())
                .extracting(each -> each.key() + each.code())
                .containsExactly("bPreconditionFailed");
        assertThat(s3.deleteObjects(b -> b.bucket(bucket)
                                .delete(d -> d.objects(some.get(1)).quiet(true)))
                        .deleted())
                .isEmpty();
        assertThat(keys()).containsExactly("b", "c");
        List<ObjectIdentifier> many = numbered("k", 1001).stream()
                .map(each -> ObjectIdentifier.builder().key(each).build())
                .toList();
        refused(
                400,
                "MalformedXML",
                () -> s3.deleteObjects(b -> b.bucket(bucket).delete(d -> d.objects(many))));
    }

    @Test
    void attributes_are_told_as_they_are_asked_for() {
        put("k", "hello world");
        var told = s3.getObjectAttributes(b -> b.bucket(bucket)
                .key("k")
                .objectAttributes(
                        ObjectAttributes.E_TAG,
                        ObjectAttributes.OBJECT_SIZE,
                        ObjectAttributes.STORAGE_CLASS,
                        ObjectAttributes.CHECKSUM,
                        ObjectAttributes.OBJECT_PARTS));
        assertThat(told.eTag()).isEqualTo("5eb63bbbe01eeed093cb22bb8f5acdc3");
        assertThat(told.objectSize()).isEqualTo(11);
        assertThat(told.storageClassAsString()).isEqualTo("STANDARD");
        assertThat(told.checksum().checksumCRC64NVME()).isEqualTo("jSnVw/bqjr4=");
        assertThat(told.objectParts()).isNull();
    }

    @Test
    void a_reader_keeps_what_it_reads_while_others_delete_it() throws IOException {
        byte[] body = bytes(1_000_000);
        put("k", body);
        try (InputStream stream = s3.getObject(b -> b.bucket(bucket).key("k"))) {
            byte[] begin = stream.readNBytes(10);
            s3.deleteObject(b -> b.bucket(bucket).key("k"));
            assertThat(joined(begin, stream.readAllBytes())).isEqualTo(body);
        }
        refused(404, "NoSuchKey", () -> text("k"));
    }
}
