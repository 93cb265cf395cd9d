package io.slipway.object.fault;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.InvalidRequestException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A refusal of S3 (API reference, error responses). Its exception carries all of it as one that the SDK reads off the wire does: status
 * and headers in the details' HTTP response, and in their raw response the document without the ids of the request.
 *
 * @param extras elements of the document besides code and message: {@code Key}, for instance
 */
public record S3Fault(
        int status, String code, String message, Map<String, String> extras, Map<String, String> headers) {
    public S3Fault {
        extras = Map.copyOf(extras);
        headers = Map.copyOf(headers);
    }

    public static S3Fault of(int status, String code, String message) {
        return new S3Fault(status, code, message, Map.of(), Map.of());
    }

    public S3Fault with(String element, @Nullable Object value) {
        Map<String, String> more = new LinkedHashMap<>(extras);
        more.put(element, String.valueOf(value));
        return new S3Fault(status, code, message, more, headers);
    }

    public S3Fault withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new S3Fault(status, code, message, extras, more);
    }

    /** To be thrown. */
    public S3Exception exception() {
        return exception(null);
    }

    /** As {@link #exception}, with what has caused it. */
    public S3Exception exception(@Nullable Throwable cause) {
        SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(status);
        headers.forEach((name, value) -> http.putHeader(name, List.of(value)));
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("S3")
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(http.build())
                .rawResponse(SdkBytes.fromString(document(), StandardCharsets.UTF_8))
                .build();
        S3Exception.Builder builder = switch (code) {
            case "NoSuchKey" -> NoSuchKeyException.builder();
            case "NoSuchBucket" -> NoSuchBucketException.builder();
            case "NoSuchUpload" -> NoSuchUploadException.builder();
            case "BucketAlreadyExists" -> BucketAlreadyExistsException.builder();
            case "BucketAlreadyOwnedByYou" -> BucketAlreadyOwnedByYouException.builder();
            case "InvalidRequest" -> InvalidRequestException.builder();
            default -> S3Exception.builder();
        };
        return (S3Exception) builder.awsErrorDetails(details)
                .message(message)
                .statusCode(status)
                .cause(cause)
                .build();
    }

    private String document() {
        StringBuilder xml = new StringBuilder("<Error>");
        element(xml, "Code", code);
        element(xml, "Message", message);
        extras.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> element(xml, each.getKey(), each.getValue()));
        return xml.append("</Error>").toString();
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>');
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '\r' -> xml.append("&#13;");
                default -> {
                    // Other control characters cannot be in XML at all.
                    boolean written = point >= ' ' || point == '\n' || point == '\t';
                    xml.appendCodePoint(written && point != 0xFFFE && point != 0xFFFF ? point : 0xFFFD);
                }
            }
        });
        xml.append("</").append(name).append('>');
    }

    public static S3Exception invalidArgument(String message, String argument, @Nullable Object value) {
        return of(400, "InvalidArgument", message)
                .with("ArgumentName", argument)
                .with("ArgumentValue", value)
                .exception();
    }

    public static S3Exception invalidRequest(String message) {
        return of(400, "InvalidRequest", message).exception();
    }

    public static S3Exception malformed() {
        return of(
                        400,
                        "MalformedXML",
                        "The XML you provided was not well-formed or did not validate against our published schema")
                .exception();
    }

    /** @param header which asks for it */
    public static S3Exception notImplemented(String header) {
        return of(501, "NotImplemented", "A header you provided implies functionality that is not implemented")
                .with("Header", header)
                .exception();
    }

    /** A sentence of our own: what S3 can do and we cannot. */
    public static S3Exception notOffered(String what) {
        return of(501, "NotImplemented", what).exception();
    }

    public static S3Exception accessDenied(String why) {
        return of(403, "AccessDenied", why).exception();
    }

    public static S3Exception noSuchBucket(String name) {
        return of(404, "NoSuchBucket", "The specified bucket does not exist")
                .with("BucketName", name)
                .exception();
    }

    public static S3Fault noSuchKey(String key) {
        return of(404, "NoSuchKey", "The specified key does not exist.").with("Key", key);
    }

    public static S3Exception noSuchVersion(String key, String version) {
        return of(404, "NoSuchVersion", "The specified version does not exist.")
                .with("Key", key)
                .with("VersionId", version)
                .exception();
    }

    public static S3Exception noSuchUpload(String id) {
        return of(
                        404,
                        "NoSuchUpload",
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                                + " aborted or completed.")
                .with("UploadId", id)
                .exception();
    }

    /** @param condition the header that did not hold */
    public static S3Exception preconditionFailed(String condition) {
        return of(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition)
                .exception();
    }

    /** Something is not set for a bucket, which some clients read on purpose. */
    public static S3Exception notSet(String code, String message, String bucket) {
        return of(404, code, message).with("BucketName", bucket).exception();
    }
}
