package io.slipway.wire.aws.s3;

import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Hands a body to whoever stores it. What is wrong with the body counts, whatever they make of it. */
final class Upload {
    private static final String BYTES = "application/octet-stream";

    private Upload() {}

    static SdkPojo of(S3Client client, Object request, CheckedBody body, long length) {
        if (length == 0) {
            // Nobody reads nothing.
            body.requireNothing();
        }
        RequestBody content = RequestBody.fromContentProvider(() -> body, length, BYTES);
        SdkPojo told;
        try {
            told = request instanceof PutObjectRequest put
                    ? client.putObject(put, content)
                    : client.uploadPart((UploadPartRequest) request, content);
        } catch (RuntimeException e) {
            throw body.failure().orElse(e);
        }
        body.failure().ifPresent(failure -> {
            throw failure;
        });
        if (!body.taken()) {
            throw new IllegalStateException("an object was stored whose body was not read to its end");
        }
        return told;
    }
}
