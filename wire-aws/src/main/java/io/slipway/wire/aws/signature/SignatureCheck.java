package io.slipway.wire.aws.signature;

import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out who has signed a request (AWS Signature Version 4: in a header, or in the query of a presigned address). */
public final class SignatureCheck {
    static final String NO_MATCH = "The request signature we calculated does not match the signature you provided. "
            + "Check your key and signing method.";
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final int KEPT_KEYS = 1_000;
    private static final Pattern CREDENTIAL = Pattern.compile("[ ,]Credential=([^, ]+)");
    private static final String CONTENT_HASH = "x-amz-content-sha256";

    private final AccessKey.Lookup keys;
    private final Clock clock;
    private final SigningKeys derived = new SigningKeys(KEPT_KEYS);

    public SignatureCheck(AccessKey.Lookup keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Empty: nobody has signed it. Throws a {@link Refusal} if the signature, or what it covers, is not right. */
    public Optional<Verified> check(SentRequest request) {
        SentQuery query = SentQuery.of(request.rawQuery());
        if (PresignedVersion2.of(request, query).isPresent()) {
            // It leaves nearly all of the query unsigned, in which other services are told what to do.
            throw ShownSignature.unsupported();
        }
        return checkVersion4(request, query);
    }

    /**
     * As {@link #check}, for S3, which believes addresses of version 2 too.
     *
     * @param bucket where the name of the host says it and not the path
     */
    public Optional<Verified> checkS3(SentRequest request, Optional<String> bucket) {
        SentQuery query = SentQuery.of(request.rawQuery());
        return PresignedVersion2.of(request, query)
                .map(old -> verified(request, query, bucket, old))
                .or(() -> checkVersion4(request, query));
    }

    private Optional<Verified> checkVersion4(SentRequest request, SentQuery query) {
        return ShownSignature.of(request, query).map(shown -> verified(request, query, shown));
    }

    /** What a request says its signature is good for, whether that is true or not. Empty: it does not say it in a form that is known. */
    public static Optional<Scope> claimed(SentRequest request) {
        String header = request.headers().first("authorization").orElse("");
        Matcher inHeader = CREDENTIAL.matcher(header);
        if (inHeader.find()) {
            return Scope.of(inHeader.group(1));
        }
        SentQuery query = SentQuery.of(request.rawQuery());
        return query.single("X-Amz-Credential")
                .flatMap(Scope::of)
                .or(() -> query.single("AWSAccessKeyId")
                        .filter(id -> query.has("Signature"))
                        .map(Version2::scope));
    }

    /**
     * As {@link #check}, for a form for uploads from a browser.
     *
     * @param fields all but the file; names have no case
     * @param bucket into which it goes
     */
    public Optional<SignedForm> checkForm(Map<String, String> fields, String bucket) {
        Map<String, String> form = new HashMap<>();
        fields.forEach((name, value) -> form.put(name.toLowerCase(Locale.ROOT), value));
        if (!form.containsKey("policy")) {
            return Optional.empty();
        }
        Scope scope = form.containsKey("x-amz-algorithm") || !form.containsKey("awsaccesskeyid")
                ? signedByVersion4(form)
                : signedByVersion2(form);
        PostForm wanted = PostForm.read(need(form, "policy"));
        wanted.check(form, bucket, clock.now());
        return Optional.of(new SignedForm(scope, wanted));
    }

    private Scope signedByVersion4(Map<String, String> form) {
        if (!Signing.ALGORITHM.equals(form.get("x-amz-algorithm"))) {
            throw Refusal.INVALID_ARGUMENT.because("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        Scope scope = Scope.of(need(form, "x-amz-credential"))
                .orElseThrow(() -> Refusal.INVALID_ARGUMENT.because("The Credential is mal-formed; expecting "
                        + "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
        String date = need(form, "x-amz-date");
        if (ShownSignature.basic(date).isEmpty() || !date.startsWith(scope.date())) {
            throw Refusal.INVALID_ARGUMENT.because("X-Amz-Date must be formated via ISO8601 Long format");
        }
        String policy = need(form, "policy");
        AccessKey key = key(scope.keyId());
        checkToken(key, Optional.ofNullable(form.get("x-amz-security-token")));
        SigningKeys.Key signing = signing(scope, key.secret());
        if (!Signing.same(signing.sign(policy), need(form, "x-amz-signature"))) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(
                    NO_MATCH, Map.of("AWSAccessKeyId", scope.keyId(), "StringToSign", policy));
        }
        derived.keep(scope, key.secret(), signing);
        requireAlive(key);
        return scope;
    }

    /** As boto3 signs forms where nothing else is set. */
    private Scope signedByVersion2(Map<String, String> form) {
        String id = need(form, "awsaccesskeyid");
        AccessKey key = key(id);
        checkToken(key, Optional.ofNullable(form.get("x-amz-security-token")));
        String policy = need(form, "policy");
        if (!Signing.same(Version2.sign(key.secret(), policy), need(form, "signature"))) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(
                    NO_MATCH, Map.of("AWSAccessKeyId", id, "StringToSign", policy));
        }
        requireAlive(key);
        return Version2.scope(id);
    }

    private static String need(Map<String, String> form, String field) {
        return Optional.ofNullable(form.get(field))
                .orElseThrow(() -> Refusal.INVALID_ARGUMENT.because("Bucket POST must contain a field named '" + field
                        + "'.  If it is specified, please check the order of the fields."));
    }

    private Verified verified(SentRequest request, SentQuery query, ShownSignature shown) {
        checkTime(shown);
        checkHeaders(request, shown);
        String payloadText = payload(request, query, shown);
        Payload payload = Payload.of(payloadText)
                .filter(each -> each == Payload.HASHED || shown.scope().ofS3())
                .orElseThrow(() -> Refusal.INVALID_ARGUMENT.because(
                        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid "
                                + "sha256 value."));
        AccessKey key = key(shown.scope().keyId());
        checkToken(key, shown.token());
        SigningKeys.Key signing = matching(request, query, shown, payloadText, key.secret());
        requireAlive(key);
        if (payload == Payload.HASHED
                && request.bodyHash()
                        .filter(each -> !Signing.same(each, payloadText))
                        .isPresent()) {
            throw otherBody();
        }
        return new Verified(shown, payload, payloadText, signing);
    }

    private Verified verified(SentRequest request, SentQuery query, Optional<String> bucket, PresignedVersion2 shown) {
        if (request.headers().first(CONTENT_HASH).filter(Payload::inFrames).isPresent()) {
            throw Refusal.INVALID_REQUEST.because("A body in frames must be signed by AWS4-HMAC-SHA256.");
        }
        Instant now = clock.now();
        shown.requireAlive(now);
        AccessKey key = key(shown.keyId());
        checkToken(key, shown.token());
        shown.requireSigned(request, query, bucket, key.secret());
        requireAlive(key);
        return new Verified(
                shown.shown(now),
                Payload.UNSIGNED,
                "",
                new SigningKeys.Key(Signing.key(key.secret(), Version2.scope(shown.keyId()))));
    }

    private AccessKey key(String id) {
        return keys.find(id)
                .orElseThrow(() -> Refusal.UNKNOWN_ACCESS_KEY.because(
                        "The AWS Access Key Id you provided does not exist in our records.",
                        Map.of("AWSAccessKeyId", id)));
    }

    private void requireAlive(AccessKey key) {
        if (key.session().filter(each -> !each.expires().isAfter(clock.now())).isPresent()) {
            throw Refusal.EXPIRED_TOKEN.because("The provided token has expired.");
        }
    }

    private SigningKeys.Key signing(Scope scope, String secret) {
        return derived.find(scope, secret).orElseGet(() -> new SigningKeys.Key(Signing.key(secret, scope)));
    }

    static PlatformException otherBody() {
        return Refusal.CONTENT_SHA256_MISMATCH.because(
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    private void checkTime(ShownSignature shown) {
        Instant now = clock.now();
        Instant at = shown.at();
        if (shown.life().isPresent()) {
            if (at.isAfter(now.plus(SKEW))) {
                throw Refusal.ACCESS_DENIED.because("Request is not valid yet");
            }
            Instant end = at.plus(shown.life().get());
            if (!end.isAfter(now)) {
                throw Refusal.ACCESS_DENIED.because(
                        "Request has expired",
                        Map.of(
                                "X-Amz-Expires",
                                String.valueOf(shown.life().get().toSeconds()),
                                "Expires",
                                end.toString(),
                                "ServerTime",
                                now.toString()));
            }
        } else if (Duration.between(at, now).abs().compareTo(SKEW) > 0) {
            throw Refusal.REQUEST_TIME_TOO_SKEWED.because(
                    "The difference between the request time and the current time is too large.",
                    Map.of(
                            "RequestTime",
                            shown.timestamp(),
                            "ServerTime",
                            now.toString(),
                            "MaxAllowedSkewMilliseconds",
                            String.valueOf(SKEW.toMillis())));
        }
    }

    /** What AWS reads from headers must be signed: otherwise somebody on the way could add some. */
    private static void checkHeaders(SentRequest request, ShownSignature shown) {
        List<String> signed = shown.signedHeaders();
        if (!signed.contains("host")) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        TreeSet<String> unsigned = new TreeSet<>();
        request.headers().entries().forEach(each -> {
            if (each.getKey().startsWith("x-amz-") && !signed.contains(each.getKey())) {
                unsigned.add(each.getKey());
            }
        });
        if (!unsigned.isEmpty()) {
            throw Refusal.ACCESS_DENIED.because(
                    "There were headers present in the request which were not signed",
                    Map.of("HeadersNotSigned", String.join(", ", unsigned)));
        }
    }

    /** What is signed in place of the body. */
    private static String payload(SentRequest request, SentQuery query, ShownSignature shown) {
        List<String> said = request.headers().all(CONTENT_HASH);
        if (said.size() > 1) {
            throw Refusal.INVALID_ARGUMENT.because("x-amz-content-sha256 may come once only.");
        }
        if (said.size() == 1) {
            return said.get(0).strip();
        }
        if (shown.scope().ofS3()) {
            if (shown.presigned()) {
                return query.single("X-Amz-Content-Sha256").orElse("UNSIGNED-PAYLOAD");
            }
            throw Refusal.INVALID_REQUEST.because("Missing required header for this request: x-amz-content-sha256");
        }
        return request.bodyHash()
                .orElseThrow(() -> Refusal.MISSING_SECURITY_HEADER.because(
                        "Your request was missing a required header: x-amz-content-sha256"));
    }

    private static void checkToken(AccessKey key, Optional<String> token) {
        String wanted = key.session().map(AccessKey.Session::token).orElse("");
        if (!Signing.same(wanted, token.orElse(""))) {
            throw Refusal.INVALID_TOKEN.because("The provided token is malformed or otherwise invalid.");
        }
    }

    /** The key that made the signature. */
    private SigningKeys.Key matching(
            SentRequest request, SentQuery query, ShownSignature shown, String payload, String secret) {
        Scope scope = shown.scope();
        SigningKeys.Key key = signing(scope, secret);
        String canonical = "";
        String toSign = "";
        for (String path : CanonicalRequest.paths(request.rawPath(), scope)) {
            canonical = CanonicalRequest.of(request, path, query, shown.signedHeaders(), payload);
            toSign =
                    Signing.ALGORITHM + "\n" + shown.timestamp() + "\n" + scope.text() + "\n" + Signing.hash(canonical);
            if (Signing.same(key.sign(toSign), shown.signature())) {
                derived.keep(scope, secret, key);
                return key;
            }
        }
        throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(
                NO_MATCH,
                Map.of(
                        "AWSAccessKeyId",
                        scope.keyId(),
                        "StringToSign",
                        toSign,
                        "CanonicalRequest",
                        canonical,
                        "SignatureProvided",
                        shown.signature()));
    }
}
