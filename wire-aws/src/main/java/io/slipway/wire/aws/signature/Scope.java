package io.slipway.wire.aws.signature;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a signature is good for.
 *
 * @param keyId of the access key
 * @param date {@code 20260131}
 */
public record Scope(String keyId, String date, String region, String service) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("([\\w-]{1,128})/([0-9]{8})/([\\w-]{1,64})/([\\w.-]{1,64})/aws4_request");

    static Optional<Scope> of(String credential) {
        Matcher parts = CREDENTIAL.matcher(credential);
        return parts.matches()
                ? Optional.of(new Scope(parts.group(1), parts.group(2), parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    /** Without the key. */
    String text() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }

    /** Its paths are signed as they are sent, and its bodies may come in pieces. */
    public boolean ofS3() {
        return service.equals("s3") || service.equals("s3express") || service.equals("s3-object-lambda");
    }
}
