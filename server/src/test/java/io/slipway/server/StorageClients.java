package io.slipway.server;

import io.slipway.nodes.agent.NodeRoles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's own clients of a running platform. */
final class StorageClients {
    private StorageClients() {}

    /** The key of the first account's root. */
    static RootKey rootKey(RunningPlatform platform, Path home) throws IOException {
        RootKey.writeAll(home, List.of(), platform.composition().iam());
        return RootKey.read(home).orElseThrow();
    }

    static S3Client s3(RunningPlatform platform, RootKey key) {
        return client(
                platform,
                AwsBasicCredentials.create(key.id(), key.secret()),
                S3Client.builder(),
                builder -> builder.forcePathStyle(true));
    }

    static S3Client s3(RunningPlatform platform, NodeRoles.Keys keys) {
        return client(
                platform,
                AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()),
                S3Client.builder(),
                builder -> builder.forcePathStyle(true));
    }

    static IamClient iam(RunningPlatform platform, RootKey key) {
        return client(platform, AwsBasicCredentials.create(key.id(), key.secret()), IamClient.builder(), builder -> {});
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            RunningPlatform platform, AwsCredentials keys, B builder, Consumer<B> more) {
        more.accept(builder);
        return builder.endpointOverride(URI.create(platform.url()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
