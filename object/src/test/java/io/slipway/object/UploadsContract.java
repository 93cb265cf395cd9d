package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Objects that come in parts. */
@NullUnmarked
@SuppressWarnings("deprecation") // The header of a copy, as a wire reads it.
abstract class UploadsContract extends S3Contract {
    private String begin(String key) {
        return s3.createMultipartUpload(b -> b.bucket(bucket).key(key)).uploadId();
    }

    private CompletedPart part(String key, String id, int number, byte[] body) {
        String etag = s3.uploadPart(
                        b -> b.bucket(bucket).key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(body))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private CompleteMultipartUploadResponse complete(String key, String id, CompletedPart... parts) {
        return s3.completeMultipartUpload(
                b -> b.bucket(bucket).key(key).uploadId(id).multipartUpload(m -> m.parts(parts)));
    }

    private byte[] got(String key, String range) {
        return s3.getObjectAsBytes(b -> b.bucket(bucket).key(key).range(range)).asByteArray();
    }

    @Test
    void parts_become_one_object() {
        byte[] first = bytes(PART);
        byte[] second = bytes(PART + 1);
        byte[] last = bytes(10);
        String id = s3.createMultipartUpload(b -> b.bucket(bucket)
                        .key("k")
                        .contentType("a/b")
                        .metadata(Map.of("m", "1"))
                        .tagging("t=1"))
                .uploadId();
        part("k", id, 9, bytes(PART));
        CompletedPart three = part("k", id, 3, last);
        CompletedPart one = part("k", id, 1, first);
        part("k", id, 2, bytes(20));
        CompletedPart two = part("k", id, 2, second);
        assertThat(keys()).isEmpty();
        var done = complete("k", id, one, two, three);
        assertThat(done.eTag()).endsWith("-3\"");
        byte[] whole = joined(first, second, last);
        var got = s3.getObjectAsBytes(b -> b.bucket(bucket).key("k"));
        assertThat(got.asByteArray()).isEqualTo(whole);
        assertThat(got.response().contentType()).isEqualTo("a/b");
        assertThat(got.response().metadata()).containsEntry("m", "1");
        assertThat(got.response().tagCount()).isEqualTo(1);
        int from = PART - 5;
        assertThat(got("k", "bytes=" + from + "-" + (2 * PART + 3)))
                .isEqualTo(Arrays.copyOfRange(whole, from, 2 * PART + 4));
        assertThat(got("k", "bytes=-12")).isEqualTo(Arrays.copyOfRange(whole, whole.length - 12, whole.length));
        // Once more, as a client does that did not hear the answer.
        assertThat(complete("k", id, one, two, three).eTag()).isEqualTo(done.eTag());
        refused(404, "NoSuchUpload", () -> part("k", id, 4, bytes(1)));
    }

    @Test
    void a_part_of_an_object_is_read_by_its_number() {
        byte[] first = bytes(PART);
        String id = begin("k");
        complete("k", id, part("k", id, 1, first), part("k", id, 2, bytes(7)));
        var one = s3.getObjectAsBytes(b -> b.bucket(bucket).key("k").partNumber(1));
        assertThat(one.asByteArray()).isEqualTo(first);
        assertThat(one.response().partsCount()).isEqualTo(2);
        assertThat(one.response().contentRange()).isEqualTo("bytes 0-" + (PART - 1) + "/" + (PART + 7));
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k").partNumber(2)).contentLength())
                .isEqualTo(7);
        refused(
                416,
                "InvalidPartNumber",
                () -> s3.headObject(b -> b.bucket(bucket).key("k").partNumber(3)));
        put("whole", "0123");
        assertThat(s3.headObject(b -> b.bucket(bucket).key("whole").partNumber(1))
                        .contentLength())
                .isEqualTo(4);
    }

    @Test
    void what_cannot_be_put_together_is_refused() {
        String id = begin("k");
        CompletedPart small = part("k", id, 1, bytes(10));
        CompletedPart other = part("k", id, 2, bytes(10));
        refused(400, "EntityTooSmall", () -> complete("k", id, small, other));
        refused(400, "InvalidPartOrder", () -> complete("k", id, other, small));
        refused(
                400,
                "InvalidPart",
                () -> complete(
                        "k",
                        id,
                        CompletedPart.builder().partNumber(1).eTag("\"no\"").build()));
        refused(
                400,
                "InvalidPart",
                () -> complete(
                        "k",
                        id,
                        CompletedPart.builder().partNumber(7).eTag(small.eTag()).build()));
        refused(400, "MalformedXML", () -> complete("k", id));
        refused(404, "NoSuchUpload", () -> complete("k", "no-upload", small));
        refused(404, "NoSuchUpload", () -> complete("other", id, small));
        refused(400, "InvalidArgument", () -> part("k", id, 10_001, bytes(1)));
        refused(400, "InvalidArgument", () -> part("k", id, 0, bytes(1)));
        complete("k", id, small);
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k")).eTag()).endsWith("-1\"");
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing() {
        String id = begin("k");
        CompletedPart one = part("k", id, 1, bytes(PART));
        s3.abortMultipartUpload(b -> b.bucket(bucket).key("k").uploadId(id));
        refused(404, "NoSuchUpload", () -> complete("k", id, one));
        refused(
                404,
                "NoSuchUpload",
                () -> s3.listParts(b -> b.bucket(bucket).key("k").uploadId(id)));
        refused(
                404,
                "NoSuchUpload",
                () -> s3.abortMultipartUpload(b -> b.bucket(bucket).key("k").uploadId(id)));
        assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void parts_are_listed_in_pages() {
        String id = begin("k");
        for (int i : new int[] {5, 1, 3, 2}) {
            part("k", id, i, bytes(i));
        }
        var page = s3.listParts(b -> b.bucket(bucket).key("k").uploadId(id).maxParts(2));
        assertThat(page.parts()).extracting(each -> each.partNumber()).containsExactly(1, 2);
        assertThat(page.isTruncated()).isTrue();
        var rest =
                s3.listParts(b -> b.bucket(bucket).key("k").uploadId(id).partNumberMarker(page.nextPartNumberMarker()));
        assertThat(rest.parts()).extracting(each -> each.size()).containsExactly(3L, 5L);
        assertThat(rest.isTruncated()).isFalse();
    }

    @Test
    void uploads_are_listed_by_key_and_age() {
        List<String> of = IntStream.range(0, 3).mapToObj(i -> begin("a/" + i)).toList();
        String first = begin("b");
        String second = begin("b");
        var all = s3.listMultipartUploads(b -> b.bucket(bucket)).uploads();
        assertThat(all)
                .extracting(MultipartUpload::uploadId)
                .hasSize(5)
                .contains(first, second)
                .startsWith(of.get(0), of.get(1), of.get(2));
        var page = s3.listMultipartUploads(b -> b.bucket(bucket).maxUploads(4));
        assertThat(page.isTruncated()).isTrue();
        var next = s3.listMultipartUploads(
                b -> b.bucket(bucket).keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker()));
        assertThat(next.uploads()).containsExactly(all.get(4));
        var together = s3.listMultipartUploads(b -> b.bucket(bucket).delimiter("/"));
        assertThat(together.commonPrefixes()).extracting(each -> each.prefix()).containsExactly("a/");
        assertThat(together.uploads()).hasSize(2);
        assertThat(s3.listMultipartUploads(b -> b.bucket(bucket).prefix("a/1")).uploads())
                .hasSize(1);
        assertThat(s3.listMultipartUploads(b -> b.bucket(bucket).keyMarker("a/1"))
                        .uploads())
                .hasSize(3);
    }

    @Test
    void parts_are_copied_from_objects_and_from_ranges_of_them() {
        byte[] source = bytes(2 * PART);
        put("source", source);
        String first = begin("joined");
        complete("joined", first, part("joined", first, 1, bytes(PART)), part("joined", first, 2, bytes(3)));
        byte[] joined = got("joined", null);

        String id = begin("k");
        var one = s3.uploadPartCopy(b -> b.copySource(bucket + "/source")
                .destinationBucket(bucket)
                .destinationKey("k")
                .uploadId(id)
                .partNumber(1));
        var two = s3.uploadPartCopy(b -> b.copySource(bucket + "/joined")
                .copySourceRange("bytes=1-" + (PART + 1))
                .destinationBucket(bucket)
                .destinationKey("k")
                .uploadId(id)
                .partNumber(2));
        refused(
                400,
                "InvalidArgument",
                () -> s3.uploadPartCopy(b -> b.copySource(bucket + "/source")
                        .copySourceRange("bytes=0-" + (2 * PART))
                        .destinationBucket(bucket)
                        .destinationKey("k")
                        .uploadId(id)
                        .partNumber(3)));
        s3.deleteObject(b -> b.bucket(bucket).key("source"));
        s3.deleteObject(b -> b.bucket(bucket).key("joined"));
        complete(
                "k",
                id,
                CompletedPart.builder()
                        .partNumber(1)
                        .eTag(one.copyPartResult().eTag())
                        .build(),
                CompletedPart.builder()
                        .partNumber(2)
                        .eTag(two.copyPartResult().eTag())
                        .build());
        byte[] wanted = joined(source, Arrays.copyOfRange(joined, 1, PART + 2));
        assertThat(got("k", null)).isEqualTo(wanted);
        s3.copyObject(b -> b.copySource(bucket + "/k").destinationBucket(bucket).destinationKey("copy"));
        s3.deleteObject(b -> b.bucket(bucket).key("k"));
        assertThat(got("copy", null)).isEqualTo(wanted);
        assertThat(s3.headObject(b -> b.bucket(bucket).key("copy")).eTag()).doesNotContain("-");
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, FULL_OBJECT",
        "CRC32C, FULL_OBJECT",
        "CRC64NVME, FULL_OBJECT",
        "CRC32, COMPOSITE",
        "SHA256, COMPOSITE"
    })
    void the_checksum_of_the_whole_follows_from_those_of_the_parts(String algorithm, String type) {
        byte[] first = bytes(PART);
        byte[] second = bytes(1000);
        String id = s3.createMultipartUpload(b ->
                        b.bucket(bucket).key("k").checksumAlgorithm(algorithm).checksumType(type))
                .uploadId();
        CompletedPart[] parts = new CompletedPart[2];
        for (int i = 0; i < 2; i++) {
            int number = i + 1;
            UploadPartResponse came = s3.uploadPart(
                    b -> b.bucket(bucket)
                            .key("k")
                            .uploadId(id)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.fromValue(algorithm)),
                    RequestBody.fromBytes(i == 0 ? first : second));
            parts[i] = CompletedPart.builder()
                    .partNumber(number)
                    .eTag(came.eTag())
                    .checksumCRC32(came.checksumCRC32())
                    .checksumCRC32C(came.checksumCRC32C())
                    .checksumCRC64NVME(came.checksumCRC64NVME())
                    .checksumSHA256(came.checksumSHA256())
                    .build();
        }
        if (type.equals("COMPOSITE")) {
            refused(
                    400,
                    "InvalidRequest",
                    () -> complete(
                            "k",
                            id,
                            parts[0],
                            CompletedPart.builder()
                                    .partNumber(2)
                                    .eTag(parts[1].eTag())
                                    .build()));
        }
        var done = complete("k", id, parts);
        String member = "Checksum" + algorithm;
        String sum = done.getValueForField(member, String.class).orElseThrow();
        assertThat(done.checksumTypeAsString()).isEqualTo(type);
        assertThat(s3.headObject(b -> b.bucket(bucket).key("k").checksumMode(ChecksumMode.ENABLED))
                        .getValueForField(member, String.class))
                .contains(sum);
        var part = s3.headObject(b -> b.bucket(bucket).key("k").partNumber(1).checksumMode(ChecksumMode.ENABLED));
        assertThat(part.checksumTypeAsString()).isEqualTo(type);
        assertThat(part.getValueForField(member, String.class))
                .isEqualTo(parts[0].getValueForField(member, String.class));
        if (type.equals("COMPOSITE")) {
            assertThat(sum).endsWith("-2");
        } else {
            var whole = s3.putObject(
                    b -> b.bucket(bucket).key("whole").checksumAlgorithm(ChecksumAlgorithm.fromValue(algorithm)),
                    RequestBody.fromBytes(joined(first, second)));
            assertThat(whole.getValueForField(member, String.class)).contains(sum);
        }
        var told = s3.getObjectAttributes(b -> b.bucket(bucket)
                .key("k")
                .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                .maxParts(1));
        assertThat(told.objectParts().totalPartsCount()).isEqualTo(2);
        assertThat(told.objectParts().isTruncated()).isTrue();
        assertThat(told.objectParts().parts().get(0).getValueForField(member, String.class))
                .isEqualTo(parts[0].getValueForField(member, String.class));
    }

    @Test
    void checksums_of_an_upload_must_fit_together() {
        refused(
                400,
                "InvalidRequest",
                () -> s3.createMultipartUpload(
                        b -> b.bucket(bucket).key("k").checksumAlgorithm("SHA1").checksumType("FULL_OBJECT")));
        refused(
                400,
                "InvalidRequest",
                () -> s3.createMultipartUpload(b ->
                        b.bucket(bucket).key("k").checksumAlgorithm("CRC64NVME").checksumType("COMPOSITE")));
        String id = s3.createMultipartUpload(b -> b.bucket(bucket).key("k").checksumAlgorithm("CRC32"))
                .uploadId();
        refused(
                400,
                "InvalidRequest",
                () -> s3.uploadPart(
                        b -> b.bucket(bucket)
                                .key("k")
                                .uploadId(id)
                                .partNumber(1)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA1),
                        RequestBody.fromString("x")));
    }

    @Test
    void an_upload_may_ask_for_what_it_replaces() {
        String id = begin("k");
        CompletedPart one = part("k", id, 1, bytes(1));
        put("k", "there");
        refused(
                412,
                "PreconditionFailed",
                () -> s3.completeMultipartUpload(b ->
                        b.bucket(bucket).key("k").uploadId(id).ifNoneMatch("*").multipartUpload(m -> m.parts(one))));
        refused(
                400,
                "InvalidRequest",
                () -> s3.completeMultipartUpload(b ->
                        b.bucket(bucket).key("k").uploadId(id).mpuObjectSize(5L).multipartUpload(m -> m.parts(one))));
        complete("k", id, one);
        assertThat(got("k", null)).hasSize(1);
    }
}
