package io.slipway.wire.aws;

import io.slipway.iam.AwsCaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A few operations of S3, in memory. Large objects are not kept: their bytes are made up again from a number. */
final class MemoryS3 {
    /** Longer objects are only counted. */
    private static final int KEPT = 16 << 20;

    private final Map<String, NavigableMap<String, Stored>> buckets = new ConcurrentHashMap<>();
    private final Map<String, List<CORSRule>> cors = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    final List<AwsCaller> callers = new ArrayList<>();

    /** An object. */
    @SuppressWarnings("ArrayRecordComponent")
    record Stored(byte[] bytes, long length, PutObjectRequest put, String etag, Instant at) {}

    Optional<Stored> stored(String bucket, String key) {
        return Optional.ofNullable(buckets.get(bucket)).flatMap(all -> Optional.ofNullable(all.get(key)));
    }

    S3Client of(AwsCaller caller) {
        synchronized (callers) {
            callers.add(caller);
        }
        return new Client();
    }

    S3Client platform() {
        return new Client();
    }

    private NavigableMap<String, Stored> bucket(String name) {
        return Optional.ofNullable(buckets.get(name))
                .orElseThrow(() -> error(
                        NoSuchBucketException.builder(), 404, "NoSuchBucket", "The specified bucket does not exist"));
    }

    private Stored object(String bucket, String key) {
        return Optional.ofNullable(bucket(bucket).get(key))
                .orElseThrow(() ->
                        error(NoSuchKeyException.builder(), 404, "NoSuchKey", "The specified key does not exist."));
    }

    private static S3Exception error(S3Exception.Builder builder, int status, String code, String message) {
        AwsErrorDetails.Builder details =
                AwsErrorDetails.builder().errorCode(code).errorMessage(message);
        if (status == 304) {
            details.sdkHttpResponse(SdkHttpResponse.builder()
                    .statusCode(status)
                    .putHeader("ETag", "\"same\"")
                    .build());
        }
        return (S3Exception)
                builder.statusCode(status).awsErrorDetails(details.build()).build();
    }

    private static String md5(byte[] bytes) {
        try {
            return '"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Client implements S3Client {
        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}

        @Override
        public CreateBucketResponse createBucket(CreateBucketRequest request) {
            buckets.putIfAbsent(request.bucket(), new ConcurrentSkipListMap<>());
            return CreateBucketResponse.builder()
                    .location("/" + request.bucket())
                    .build();
        }

        @Override
        public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
            bucket(request.bucket());
            return GetBucketLocationResponse.builder()
                    .locationConstraint("eu-west-1")
                    .build();
        }

        @Override
        public PutBucketCorsResponse putBucketCors(PutBucketCorsRequest request) {
            cors.put(request.bucket(), request.corsConfiguration().corsRules());
            return PutBucketCorsResponse.builder().build();
        }

        @Override
        public GetBucketCorsResponse getBucketCors(GetBucketCorsRequest request) {
            List<CORSRule> rules = Optional.ofNullable(cors.get(request.bucket()))
                    .orElseThrow(() -> error(S3Exception.builder(), 404, "NoSuchCORSConfiguration", "none"));
            return GetBucketCorsResponse.builder().corsRules(rules).build();
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            NavigableMap<String, Stored> into = bucket(request.bucket());
            if ("*".equals(request.ifNoneMatch()) && into.containsKey(request.key())) {
                throw error(
                        S3Exception.builder(),
                        412,
                        "PreconditionFailed",
                        "At least one of the pre-conditions you specified did not hold");
            }
            long length = body.optionalContentLength().orElseThrow();
            byte[] bytes = read(body, length);
            String etag = md5(bytes);
            into.put(request.key(), new Stored(bytes, length, request, etag, Instant.parse("2026-01-02T03:04:05Z")));
            return PutObjectResponse.builder().eTag(etag).build();
        }

        private byte[] read(RequestBody body, long length) {
            try (InputStream in = body.contentStreamProvider().newStream()) {
                if (length <= KEPT) {
                    return in.readNBytes((int) length);
                }
                byte[] piece = new byte[64 << 10];
                long left = length;
                while (left > 0) {
                    int count = in.read(piece, 0, (int) Math.min(piece.length, left));
                    if (count < 0) {
                        throw new IOException("too short");
                    }
                    left -= count;
                }
                return new byte[0];
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As the SDK's own client tells it too. */
        private @Nullable String expires(PutObjectRequest put) {
            return put.expires() == null
                    ? null
                    : DateTimeFormatter.RFC_1123_DATE_TIME.format(put.expires().atOffset(ZoneOffset.UTC));
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            Stored stored = object(request.bucket(), request.key());
            if (stored.etag().equals(request.ifNoneMatch())) {
                throw error(S3Exception.builder(), 304, "NotModified", "Not Modified");
            }
            GetObjectResponse.Builder told = GetObjectResponse.builder()
                    .eTag(stored.etag())
                    .acceptRanges("bytes")
                    .contentType(stored.put().contentType())
                    .contentEncoding(stored.put().contentEncoding())
                    .expiresString(expires(stored.put()))
                    .metadata(stored.put().metadata())
                    .lastModified(stored.at())
                    .contentLength(stored.length());
            InputStream content = new ByteArrayInputStream(stored.bytes());
            if (stored.length() > KEPT) {
                content = new Zeros(stored.length());
            } else if (request.range() != null) {
                String[] ends = request.range().replace("bytes=", "").split("-", -1);
                int from = Integer.parseInt(ends[0]);
                int to = Math.min(new BigInteger(ends[1]).intValue(), stored.bytes().length - 1);
                if (from > to) {
                    throw error(S3Exception.builder(), 416, "InvalidRange", "The requested range is not satisfiable");
                }
                content = new ByteArrayInputStream(stored.bytes(), from, to - from + 1);
                told.contentLength((long) to - from + 1)
                        .contentRange("bytes " + from + "-" + to + "/" + stored.bytes().length);
            }
            try {
                return transformer.transform(told.build(), AbortableInputStream.create(content));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            Stored stored = object(request.bucket(), request.key());
            return HeadObjectResponse.builder()
                    .eTag(stored.etag())
                    .contentLength(stored.length())
                    .lastModified(stored.at())
                    .metadata(stored.put().metadata())
                    .build();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
            bucket(request.bucket()).remove(request.key());
            return DeleteObjectResponse.builder().build();
        }

        @Override
        public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
            List<DeletedObject> deleted = new ArrayList<>();
            request.delete().objects().forEach(each -> {
                bucket(request.bucket()).remove(each.key());
                deleted.add(DeletedObject.builder().key(each.key()).build());
            });
            return DeleteObjectsResponse.builder().deleted(deleted).build();
        }

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            List<S3Object> all = new ArrayList<>();
            bucket(request.bucket())
                    .forEach((key, stored) -> all.add(S3Object.builder()
                            .key(key)
                            .size(stored.length())
                            .eTag(stored.etag())
                            .lastModified(stored.at())
                            .build()));
            return ListObjectsV2Response.builder()
                    .name(request.bucket())
                    .prefix(request.prefix())
                    .keyCount(all.size())
                    .maxKeys(1000)
                    .isTruncated(false)
                    .contents(all)
                    .build();
        }

        @Override
        public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
            bucket(request.bucket());
            String id = "upload-" + number.incrementAndGet();
            uploads.put(id, new ConcurrentSkipListMap<>());
            return CreateMultipartUploadResponse.builder()
                    .bucket(request.bucket())
                    .key(request.key())
                    .uploadId(id)
                    .build();
        }

        @Override
        public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
            byte[] bytes = read(body, body.optionalContentLength().orElseThrow());
            Optional.ofNullable(uploads.get(request.uploadId()))
                    .orElseThrow(() -> error(S3Exception.builder(), 404, "NoSuchUpload", "none"))
                    .put(request.partNumber(), bytes);
            return UploadPartResponse.builder().eTag(md5(bytes)).build();
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
            NavigableMap<Integer, byte[]> parts = Optional.ofNullable(uploads.remove(request.uploadId()))
                    .orElseThrow(() -> error(S3Exception.builder(), 404, "NoSuchUpload", "none"));
            long length = parts.values().stream().mapToLong(each -> each.length).sum();
            String etag = "\"parts-" + parts.size() + '"';
            PutObjectRequest put = PutObjectRequest.builder()
                    .bucket(request.bucket())
                    .key(request.key())
                    .build();
            bucket(request.bucket()).put(request.key(), new Stored(new byte[0], length, put, etag, Instant.EPOCH));
            return CompleteMultipartUploadResponse.builder()
                    .bucket(request.bucket())
                    .key(request.key())
                    .eTag(etag)
                    .build();
        }
    }

    /** Nothing, very often. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            left -= count;
            return count;
        }
    }
}
