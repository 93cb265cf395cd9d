package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.server.RootKey;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** IAM in a real browser (webapp/e2e/access.mjs). */
@ExtendWith(SharedPlatform.class)
class WebAccessTest {
    private static final String BUCKET = "e2e-access-" + System.nanoTime();

    @Test
    void a_role_and_a_user_made_in_the_browser_may_do_what_the_pages_say() throws Exception {
        RootKey root = RootKey.read(SharedPlatform.platform().home()).orElseThrow();
        try (S3Client s3 = s3(root.id(), root.secret())) {
            s3.createBucket(request -> request.bucket(BUCKET));
            s3.putObject(request -> request.bucket(BUCKET).key("raw/a"), RequestBody.fromString("hello"));
        }
        new BrowserScript("access.mjs")
                .run(SharedPlatform.platform(), Map.of("SLIPWAY_BUCKET", BUCKET), WebAccessTest::tried);
    }

    /** The key of a user who may read, and nothing else. */
    private static Optional<String> tried(String line) {
        if (!line.startsWith("key ")) {
            return Optional.empty();
        }
        String[] words = line.split(" ");
        try (S3Client s3 = s3(words[1], words[2])) {
            assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("raw/a"))
                            .asUtf8String())
                    .isEqualTo("hello");
            assertThatThrownBy(() ->
                            s3.putObject(request -> request.bucket(BUCKET).key("raw/b"), RequestBody.fromString("no")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refusal -> assertThat(refusal.statusCode()).isEqualTo(403));
        }
        return Optional.of("works");
    }

    private static S3Client s3(String id, String secret) {
        return S3Client.builder()
                .endpointOverride(URI.create(SharedPlatform.platform().url()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
