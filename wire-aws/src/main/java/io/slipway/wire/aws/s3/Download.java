package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.call.Answer;
import io.slipway.wire.aws.protocol.RestWriter;
import io.slipway.wire.aws.protocol.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Sends an object as fast as its reader takes it. */
final class Download {
    private static final int SHORT = 64 << 10;
    private static final int PIECE = 256 << 10;

    private final Answer answer;
    private final UnaryOperator<WireResponse> head;

    Download(Answer answer, UnaryOperator<WireResponse> head) {
        this.answer = answer;
        this.head = head;
    }

    void from(S3Client client, GetObjectRequest request) {
        GetObjectResponse unused = client.getObject(request, (told, content) -> {
            send(told, content);
            return told;
        });
    }

    private void send(GetObjectResponse told, InputStream content) throws IOException {
        int status = told.contentRange() == null ? 200 : 206;
        WireResponse begun = head.apply(new WireResponse(status, RestWriter.headers(told), new byte[0]));
        Long length = told.contentLength();
        if (length != null && length <= SHORT) {
            byte[] whole = content.readAllBytes();
            if (whole.length != length) {
                throw new IOException("an object of " + length + " bytes has " + whole.length);
            }
            answer.tell(new WireResponse(status, begun.headers(), whole), false);
            return;
        }
        answer.begin(begun);
        byte[] piece = new byte[PIECE];
        for (int count = content.readNBytes(piece, 0, PIECE); count > 0; count = content.readNBytes(piece, 0, PIECE)) {
            answer.write(piece, count);
        }
        answer.end();
    }
}
