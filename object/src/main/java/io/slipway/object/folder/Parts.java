package io.slipway.object.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Objects that are too large for one call are put and copied in parts. What comes to nothing is thrown away. */
final class Parts {
    /** S3 takes so many parts of one object. */
    private static final int MOST = 10_000;

    private final S3Client s3;
    private final String bucket;
    private final long size;

    /** @param size of a part, where an object does not need larger ones */
    Parts(S3Client s3, String bucket, long size) {
        this.s3 = s3;
        this.bucket = bucket;
        this.size = size;
    }

    /** Sends one part; {@code from} and {@code length} are bytes of the whole. */
    private interface Sending {
        CompletedPart send(String upload, int number, long from, long length);
    }

    void put(String key, Path file, long length, Map<String, String> marks, boolean ifAbsent) {
        String upload = s3.createMultipartUpload(b -> b.bucket(bucket).key(key).metadata(marks))
                .uploadId();
        send(key, upload, length, ifAbsent, (id, number, from, bytes) -> {
            UploadPartResponse sent = s3.uploadPart(
                    b -> b.bucket(bucket)
                            .key(key)
                            .uploadId(id)
                            .partNumber(number)
                            .contentLength(bytes),
                    FilePiece.body(file, from, bytes));
            return CompletedPart.builder()
                    .partNumber(number)
                    .eTag(sent.eTag())
                    .checksumCRC32(sent.checksumCRC32())
                    .build();
        });
    }

    void copy(String source, String key, long length, Map<String, String> marks) {
        String upload = s3.createMultipartUpload(b -> b.bucket(bucket).key(key).metadata(marks))
                .uploadId();
        send(key, upload, length, false, (id, number, from, bytes) -> {
            CopyPartResult copied = s3.uploadPartCopy(b -> b.sourceBucket(bucket)
                            .sourceKey(source)
                            .destinationBucket(bucket)
                            .destinationKey(key)
                            .uploadId(id)
                            .partNumber(number)
                            .copySourceRange("bytes=" + from + "-" + (from + bytes - 1)))
                    .copyPartResult();
            return CompletedPart.builder()
                    .partNumber(number)
                    .eTag(copied.eTag())
                    .checksumCRC32(copied.checksumCRC32())
                    .build();
        });
    }

    private void send(String key, String upload, long length, boolean ifAbsent, Sending sending) {
        try {
            long each = Math.max(size, (length + MOST - 1) / MOST);
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < length; from += each) {
                parts.add(sending.send(upload, parts.size() + 1, from, Math.min(each, length - from)));
            }
            s3.completeMultipartUpload(b -> {
                b.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts));
                if (ifAbsent) {
                    b.ifNoneMatch("*");
                }
            });
        } catch (RuntimeException e) {
            abort(key, upload, e);
            throw e;
        }
    }

    private void abort(String key, String upload, RuntimeException why) {
        try {
            s3.abortMultipartUpload(b -> b.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            why.addSuppressed(e);
        }
    }
}
