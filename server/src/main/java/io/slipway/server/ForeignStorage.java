package io.slipway.server;

import io.slipway.kit.Clock;
import io.slipway.nodes.agent.NodeRoles;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Any other S3, by the keys that whoever runs the platform has for it. */
final class ForeignStorage implements StorageSide {
    private static final String AMAZON = "[.]amazonaws[.]com([.]cn)?$";
    /** Keys that do not end are asked for again after half of this, so that others count soon. */
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(30);

    private static final Duration SESSION = Duration.ofHours(1);
    private static final int LONGEST_NAME = 64;

    private final StorageSettings.Elsewhere place;
    private final Clock clock;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final S3Client s3;

    ForeignStorage(StorageSettings.Elsewhere place, Clock clock) {
        this.place = place;
        this.clock = clock;
        this.s3 = S3Client.builder()
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region()))
                .credentialsProvider(keys())
                .forcePathStyle(true)
                .httpClient(http)
                .build();
    }

    private AwsCredentialsProvider keys() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(place.accessKey(), place.secretKey()));
    }

    @Override
    public S3Client s3() {
        return s3;
    }

    @Override
    public String endpoint() {
        return place.endpoint().toString();
    }

    @Override
    public String region() {
        return place.region();
    }

    /** Whose bucket it is, is nothing that keys for it say: it must be there. */
    @Override
    public void prepare(String bucket) {
        var unused = s3.headBucket(b -> b.bucket(bucket));
    }

    @Override
    public NodeRoles.Keys keys(String policy, String session) {
        Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        if (place.role().isEmpty()) {
            return new NodeRoles.Keys(
                    "",
                    "",
                    place.accessKey(),
                    place.secretKey(),
                    "",
                    now.toString(),
                    now.plus(ASKED_AGAIN).toString());
        }
        try (StsClient sts = sts()) {
            Credentials made = sts.assumeRole(b -> b.roleArn(place.role().get())
                            .roleSessionName(session.substring(0, Math.min(session.length(), LONGEST_NAME)))
                            .durationSeconds(Math.toIntExact(SESSION.toSeconds()))
                            .policy(policy))
                    .credentials();
            return new NodeRoles.Keys(
                    place.role().get(),
                    "",
                    made.accessKeyId(),
                    made.secretAccessKey(),
                    made.sessionToken(),
                    now.toString(),
                    made.expiration().toString());
        }
    }

    /** Amazon has STS at an address of its own; others have it where S3 is. */
    private StsClient sts() {
        var builder = StsClient.builder()
                .region(Region.of(place.region()))
                .credentialsProvider(keys())
                .httpClient(http);
        if (!place.endpoint().getHost().matches(".*" + AMAZON)) {
            builder.endpointOverride(place.endpoint());
        }
        return builder.build();
    }

    @Override
    public String settings() {
        return "storage.endpoint, storage.region, storage.access.key, storage.secret.key and storage.role so that the bucket is"
                + " there and its files can be listed, written and deleted";
    }

    @Override
    public void close() {
        s3.close();
        http.close();
    }
}
