package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the contracts of S3 share: a client of any S3, a bucket of its own for each test, and short words. */
@NullUnmarked
abstract class S3Contract {
    static final int PART = 5 << 20;

    S3Client s3;
    String bucket;
    private final Random random = new Random(7);

    /** For an account of its own, whose bucket is deleted with all that is in it. */
    abstract S3Client open() throws Exception;

    /** A name that no other bucket has. */
    abstract String name();

    @BeforeEach
    void make() throws Exception {
        s3 = open();
        bucket = name();
        s3.createBucket(b -> b.bucket(bucket));
    }

    @AfterEach
    void close() throws Exception {
        s3.close();
    }

    byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    PutObjectResponse put(String key, byte[] body) {
        return s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(body));
    }

    PutObjectResponse put(String key, String text) {
        return put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String... keys) {
        Arrays.stream(keys).forEach(key -> put(key, key));
    }

    String text(String key) {
        return s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asUtf8String();
    }

    String text(String key, String version) {
        return s3.getObjectAsBytes(b -> b.bucket(bucket).key(key).versionId(version))
                .asUtf8String();
    }

    List<String> keys() {
        return s3.listObjectsV2(b -> b.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    void versioning(BucketVersioningStatus status) {
        s3.putBucketVersioning(b -> b.bucket(bucket).versioningConfiguration(v -> v.status(status)));
    }

    static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s%04d".formatted(prefix, i))
                .toList();
    }

    static byte[] joined(byte[]... all) {
        byte[] joined =
                new byte[Arrays.stream(all).mapToInt(each -> each.length).sum()];
        int at = 0;
        for (byte[] each : all) {
            System.arraycopy(each, 0, joined, at, each.length);
            at += each.length;
        }
        return joined;
    }

    static S3Exception refused(int status, String code, ThrowingCallable call) {
        List<S3Exception> seen = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
            seen.add(e);
        });
        return seen.get(0);
    }
}
