package io.slipway.object.version;

import io.slipway.object.fault.S3Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * From where a copy comes.
 *
 * @param versionId null: what the key means
 */
public record CopySource(
        String bucket, String key, @Nullable String versionId) {
    private static final String VERSION = "?versionId=";

    /** As the header says, or the members that the SDK makes it of. */
    public static CopySource of(S3Request request) {
        String header = request.getValueForField("CopySource", String.class).orElse(null);
        if (header != null) {
            return ofHeader(header);
        }
        return new CopySource(
                member(request, "SourceBucket"),
                member(request, "SourceKey"),
                request.getValueForField("SourceVersionId", String.class).orElse(null));
    }

    private static String member(S3Request request, String name) {
        return Fields.text(request, name)
                .orElseThrow(
                        () -> invalid("Copy Source must mention the source bucket and key: sourcebucket/sourcekey"));
    }

    private static CopySource ofHeader(String header) {
        int version = header.indexOf(VERSION);
        String path = version < 0 ? header : header.substring(0, version);
        String decoded;
        try {
            // A plus is itself here.
            decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("Invalid copy source encoding.");
        }
        String name = decoded.startsWith("/") ? decoded.substring(1) : decoded;
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            throw invalid("Invalid copy source object key");
        }
        return new CopySource(
                name.substring(0, slash),
                name.substring(slash + 1),
                version < 0 ? null : header.substring(version + VERSION.length()));
    }

    private static RuntimeException invalid(String message) {
        return S3Fault.invalidArgument(message, "x-amz-copy-source", "x-amz-copy-source");
    }
}
