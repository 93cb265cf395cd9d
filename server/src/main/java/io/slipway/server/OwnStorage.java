package io.slipway.server;

import io.slipway.iam.IamArea;
import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Clock;
import io.slipway.nodes.agent.NodeRoles;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The platform's own S3, in its first account: in this process for the server, by HTTP for clusters. */
final class OwnStorage implements StorageSide {
    private static final int NOT_FOUND = 404;
    private static final String FIRST_REGION = "us-east-1";

    private final S3Client s3;
    private final IamArea iam;
    private final AccountId account;
    private final Clock clock;
    private final AwsSettings aws;
    private final String endpoint;

    OwnStorage(S3Client s3, IamArea iam, AccountId account, Clock clock, AwsSettings aws, String endpoint) {
        this.s3 = s3;
        this.iam = iam;
        this.account = account;
        this.clock = clock;
        this.aws = aws;
        this.endpoint = endpoint;
    }

    @Override
    public S3Client s3() {
        return s3;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public String region() {
        return aws.region();
    }

    @Override
    public void prepare(String bucket) {
        try {
            s3.headBucket(b -> b.bucket(bucket).expectedBucketOwner(account.digits()));
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_FOUND) {
                throw e;
            }
            s3.createBucket(b -> {
                b.bucket(bucket);
                if (!aws.region().equals(FIRST_REGION)) {
                    b.createBucketConfiguration(c -> c.locationConstraint(aws.region()));
                }
            });
            s3.putPublicAccessBlock(b -> b.bucket(bucket)
                    .publicAccessBlockConfiguration(c -> c.blockPublicAcls(true)
                            .ignorePublicAcls(true)
                            .blockPublicPolicy(true)
                            .restrictPublicBuckets(true)));
        }
    }

    @Override
    public NodeRoles.Keys keys(String policy, String session) {
        String issued = clock.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Credentials made = iam.narrowCredentials(account, session, policy, aws.session());
        return new NodeRoles.Keys(
                "",
                "",
                made.accessKeyId(),
                made.secretAccessKey(),
                made.sessionToken(),
                issued,
                made.expiration().toString());
    }

    @Override
    public String settings() {
        return "storage.endpoint, if the bucket is not one of this platform's first account";
    }

    @Override
    public void close() {
        s3.close();
    }
}
