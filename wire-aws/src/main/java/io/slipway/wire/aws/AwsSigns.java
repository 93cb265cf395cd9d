package io.slipway.wire.aws;

import io.slipway.wire.Detour;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells requests of clients of AWS from all others, by what their heads show: the way in which they are signed, headers that only they
 * send, hosts of S3. Whoever brings credentials of another kind is none of them, whatever else is there: proxies add headers too.
 */
final class AwsSigns {
    private static final List<String> HEADERS = List.of(
            "x-amz-target",
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-security-token",
            "x-amz-user-agent",
            "amz-sdk-invocation-id",
            "amz-sdk-request");
    private static final Pattern QUERY =
            Pattern.compile("[?&](X-Amz-(Algorithm|Credential|Signature)=|AWSAccessKeyId=.*[?&]Signature=)");
    /** Forms of browsers have their signature within; they go to the path of a bucket. */
    private static final Pattern BUCKET = Pattern.compile("/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/?");

    private final AwsHosts hosts;

    AwsSigns(AwsHosts hosts) {
        this.hosts = hosts;
    }

    boolean shown(Detour.Head head) {
        Optional<String> authorization = head.header("authorization");
        if (authorization.isPresent()) {
            return authorization.get().startsWith("AWS4-")
                    || authorization.get().startsWith("AWS ");
        }
        return HEADERS.stream().anyMatch(name -> head.header(name).isPresent())
                || QUERY.matcher(head.target()).find()
                || hosts.find(host(head)).isPresent()
                || asksFor(head)
                || form(head);
    }

    private static String host(Detour.Head head) {
        return head.header("host").orElse("").replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    /** A browser asks whether it may send such headers. */
    private static boolean asksFor(Detour.Head head) {
        return head.header("access-control-request-headers")
                .filter(names -> names.toLowerCase(Locale.ROOT).contains("x-amz-"))
                .isPresent();
    }

    private static boolean form(Detour.Head head) {
        return head.header("cookie").isEmpty()
                && head.header("content-type")
                        .filter(type -> type.startsWith("multipart/form-data"))
                        .isPresent()
                && BUCKET.matcher(head.target()).matches();
    }
}
