package io.slipway.wire.aws;

import io.slipway.wire.Engine;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.protocol.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Long bodies may come compressed (Smithy, request compression). They must not grow beyond what may come uncompressed. */
final class Unzipped {
    private Unzipped() {}

    static byte[] of(AwsRequest request, byte[] body) {
        String encoding = request.header("content-encoding").orElse("").toLowerCase(Locale.ROOT);
        if (encoding.isEmpty() || encoding.equals("identity") || encoding.equals("amz-1.0")) {
            return body;
        }
        if (!encoding.equals("gzip")) {
            throw new Malformed(Malformed.Kind.MEDIA_TYPE, "The body is encoded in a way that is not known.");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes((int) Engine.LONGEST_BODY + 1);
            if (plain.length > Engine.LONGEST_BODY) {
                throw new Malformed(Malformed.Kind.SYNTAX, "The body is too long.");
            }
            return plain;
        } catch (IOException e) {
            Malformed why = new Malformed(Malformed.Kind.SYNTAX, "The body is not compressed as it says.");
            why.initCause(e);
            throw why;
        }
    }
}
