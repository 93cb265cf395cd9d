package io.slipway.wire.aws.call;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Requester;
import io.slipway.kit.Clock;
import io.slipway.wire.Request;
import io.slipway.wire.aws.signature.Scope;
import io.slipway.wire.aws.signature.SignedForm;
import io.slipway.wire.aws.signature.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says who makes a call, with what conditions of policies may ask about it (IAM, global condition keys; S3, condition keys). */
public final class Callers {
    private static final String VERSION_4 = "AWS4-HMAC-SHA256";
    private static final String VERSION_2 = "AWS";

    private final Owners owners;
    private final Clock clock;
    private final String region;

    /** Finds whose a key is that has signed a call. */
    @FunctionalInterface
    public interface Owners {
        /** @param scope for which the call is signed, and with which key */
        AwsCaller of(Scope scope, Context context);
    }

    /** @param region to which calls are addressed that do not say it */
    public Callers(Owners owners, Clock clock, String region) {
        this.owners = owners;
        this.clock = clock;
        this.region = region;
    }

    /** @param verified empty: nobody has signed */
    public AwsCaller caller(AwsRequest request, Optional<Verified> verified) {
        Map<String, List<String>> known = known(request);
        if (verified.isEmpty()) {
            return new AwsCaller(Requester.ANONYMOUS, Policies.NONE, Context.of(known), region, Optional.empty());
        }
        Verified signed = verified.get();
        known.put("aws:RequestedRegion", List.of(region(signed.scope())));
        if (signed.scope().ofS3()) {
            known.put("s3:authType", List.of(signed.presigned() ? "REST-QUERY-STRING" : "REST-HEADER"));
            boolean old = signed.scope().region().isEmpty();
            known.put("s3:signatureversion", List.of(old ? VERSION_2 : VERSION_4));
            if (!old) {
                // An address of version 2 says its end only.
                known.put("s3:signatureAge", List.of(age(signed.at())));
            }
            request.header("x-amz-content-sha256")
                    .ifPresent(hash -> known.put("s3:x-amz-content-sha256", List.of(hash)));
        }
        return owned(signed.scope(), known);
    }

    /** Of an upload by a form. */
    public AwsCaller caller(AwsRequest request, SignedForm form) {
        Map<String, List<String>> known = known(request);
        known.put("aws:RequestedRegion", List.of(form.scope().region()));
        known.put("s3:authType", List.of("POST"));
        known.put("s3:signatureversion", List.of(VERSION_4));
        return owned(form.scope(), known);
    }

    private AwsCaller owned(Scope scope, Map<String, List<String>> known) {
        Context context = Context.of(known);
        AwsCaller caller = owners.of(scope, context);
        return new AwsCaller(
                caller.requester(),
                caller.policies(),
                caller.context().or(context),
                region(scope),
                Optional.of(scope.keyId()));
    }

    /** Signatures of version 2 say none. */
    private String region(Scope scope) {
        return scope.region().isEmpty() ? region : scope.region();
    }

    /** In milliseconds. */
    private String age(Instant at) {
        return String.valueOf(Math.max(0, Duration.between(at, clock.now()).toMillis()));
    }

    private Map<String, List<String>> known(AwsRequest request) {
        Request head = request.passage().head();
        Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, List<String>> known = new LinkedHashMap<>();
        known.put("aws:SourceIp", List.of(head.address().getHostAddress()));
        known.put("aws:SecureTransport", List.of(String.valueOf(head.tls())));
        known.put("aws:CurrentTime", List.of(now.toString()));
        known.put("aws:EpochTime", List.of(String.valueOf(now.getEpochSecond())));
        request.header("user-agent").ifPresent(text -> known.put("aws:UserAgent", List.of(text)));
        request.header("referer").ifPresent(text -> known.put("aws:Referer", List.of(text)));
        return known;
    }
}
