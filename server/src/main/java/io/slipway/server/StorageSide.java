package io.slipway.server;

import io.slipway.nodes.agent.NodeRoles;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 that has buckets of the platform: its own or another. */
interface StorageSide extends AutoCloseable {
    /** For the platform itself. */
    S3Client s3();

    /** Where clusters find it. */
    String endpoint();

    String region();

    /** Makes the bucket, if that is the platform's to do. */
    void prepare(String bucket);

    /**
     * Keys that may do no more than a policy says, where this S3 can give such.
     *
     * @param session names who uses them
     */
    NodeRoles.Keys keys(String policy, String session);

    /** Names of what must be right so that it can be used, for a sentence. */
    String settings();

    @Override
    void close();
}
