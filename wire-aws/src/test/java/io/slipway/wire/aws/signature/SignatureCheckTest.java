package io.slipway.wire.aws.signature;

import static io.slipway.wire.aws.signature.SdkSigner.KEY_ID;
import static io.slipway.wire.aws.signature.SdkSigner.NOW;
import static io.slipway.wire.aws.signature.SdkSigner.SESSION_ID;
import static io.slipway.wire.aws.signature.SdkSigner.lasting;
import static io.slipway.wire.aws.signature.SdkSigner.request;
import static io.slipway.wire.aws.signature.SdkSigner.session;
import static io.slipway.wire.aws.signature.SdkSigner.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.wire.aws.signature.SdkSigner.Sent;
import io.slipway.wire.aws.signature.SdkSigner.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What the official SDK signs is believed; what was changed afterwards is not. */
class SignatureCheckTest {
    private static final Settings S3 = SdkSigner.of("s3");
    private static final Settings IN_QUERY =
            builder -> builder.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofHours(1));
    /** Whoever presigns an address of S3 does not know the body. */
    private static final Settings PRESIGNED = builder -> {
        IN_QUERY.set(builder);
        builder.putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false);
    };

    private static final Settings UNSIGNED =
            builder -> builder.putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false);

    private final FakeClock clock = new FakeClock(NOW.toEpochMilli());
    private final SignatureCheck check = new SignatureCheck(SdkSigner::known, clock);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Verified verified(SentRequest request) {
        return check.check(request).orElseThrow();
    }

    private String refused(SentRequest request) {
        try {
            check.check(request);
        } catch (PlatformException e) {
            return e.details().get("reason") + "";
        }
        return "believed";
    }

    private static Sent get(String uri, Settings... settings) {
        return sign(request("GET", uri).build(), new byte[0], lasting(), settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bucket.s3.example.com/",
                "https://bucket.s3.example.com/a/b/c",
                "https://s3.example.com:8443/bucket/key",
                "https://s3.example.com/bucket//two///slashes/",
                "https://s3.example.com/bucket/./and/../dots",
                "https://s3.example.com/bucket/with%20blank/and%2Bplus/%E2%82%AC/%F0%9F%98%80",
                "https://s3.example.com/bucket/a~b-c_d.e",
                "https://s3.example.com/bucket/%252F",
                "https://s3.example.com/bucket?list-type=2&prefix=a%2Fb%20c&delimiter=%2F",
                "https://s3.example.com/bucket?uploads",
                "https://s3.example.com/bucket?b=2&a=2&a=1&a&B=3",
                "https://s3.example.com/bucket?marker=%F0%9F%98%80&x=%3D%26"
            })
    void addresses_of_s3_are_taken_as_they_are_sent(String uri) {
        for (AwsCredentialsIdentity identity : List.of(lasting(), session())) {
            for (Settings location : List.<Settings>of(builder -> {}, PRESIGNED)) {
                Sent sent = sign(request("GET", uri).build(), new byte[0], identity, S3, location);
                Verified verified = verified(sent.request());
                assertThat(verified.scope())
                        .isEqualTo(new Scope(identity.accessKeyId(), "20260131", "eu-west-1", "s3"));
                assertThat(verified.presigned()).isEqualTo(location == PRESIGNED);
                assertThat(verified.signedHeaders()).contains("host");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://lambda.example.com/2015-03-31/functions/f/invocations",
                "https://lambda.example.com/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/x",
                "https://x.example.com/a//b/../c/./d/",
                "https://x.example.com/a/..",
                "https://x.example.com",
                "https://x.example.com//",
                "https://x.example.com/with%20blank/%E2%82%AC?a=b%20c&A=1",
                "https://x.example.com:8080/?Action=ListUsers&Version=2010-05-08"
            })
    void addresses_of_other_services_are_normalised_and_encoded_twice(String uri) {
        for (AwsCredentialsIdentity identity : List.of(lasting(), session())) {
            for (Settings location : List.<Settings>of(builder -> {}, IN_QUERY)) {
                Sent sent = sign(request("POST", uri).build(), bytes("{}"), identity, SdkSigner.of("lambda"), location);
                assertThat(verified(sent.request()).scope().service()).isEqualTo("lambda");
            }
        }
    }

    @Test
    void headers_may_come_again_and_have_blanks_within() {
        Sent sent = sign(
                request("GET", "https://s3.example.com/b/k")
                        .appendHeader("X-Amz-Meta-A", "  one   two  ")
                        .appendHeader("x-amz-meta-b", "1")
                        .appendHeader("x-amz-meta-b", " 2 ")
                        .appendHeader("x-amz-meta-empty", "")
                        .build(),
                new byte[0],
                lasting(),
                S3);
        assertThat(verified(sent.request()).signedHeaders()).contains("x-amz-meta-a", "x-amz-meta-b");
    }

    @Test
    void who_has_not_signed_is_nobody() {
        SentRequest request =
                new SentRequest("GET", "/b/k", "versions&a=b", SentHeaders.of("Host", "s3"), Optional.empty());
        assertThat(check.check(request)).isEmpty();
    }

    @Test
    void a_body_is_the_one_that_was_signed() {
        Sent sent = sign(request("PUT", "https://s3.example.com/b/k").build(), bytes("body"), lasting(), S3);
        assertThat(verified(sent.request()).payload()).isEqualTo(Payload.HASHED);
        SentRequest other =
                new SentRequest("PUT", "/b/k", "", sent.request().headers(), Optional.of(Signing.hash("bodi")));
        assertThat(refused(other)).isEqualTo("XAmzContentSHA256Mismatch");
        Verified streamed = verified(SdkSigner.streamed(sent.request()));
        streamed.requireBody(Signing.sha256().digest(bytes("body")));
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                PlatformException.class,
                                () -> streamed.requireBody(Signing.sha256().digest(bytes("bodi"))))
                        .details())
                .containsEntry("reason", "XAmzContentSHA256Mismatch");
    }

    @Test
    void a_body_may_be_unsigned_in_s3_only() {
        Sent sent = sign(request("PUT", "https://s3.example.com/b/k").build(), bytes("body"), lasting(), S3, UNSIGNED);
        assertThat(verified(SdkSigner.streamed(sent.request())).payload()).isEqualTo(Payload.UNSIGNED);
        Sent elsewhere = sign(
                request("PUT", "https://x.example.com/b/k").build(),
                bytes("b"),
                lasting(),
                SdkSigner.of("iam"),
                UNSIGNED);
        assertThat(refused(elsewhere.request())).isEqualTo("InvalidArgument");
    }

    private static SentRequest with(SentRequest request, UnaryOperator<String> authorization) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        request.headers()
                .entries()
                .forEach(each -> headers.add(
                        each.getKey().equals("authorization")
                                ? Map.entry(each.getKey(), authorization.apply(each.getValue()))
                                : each));
        return new SentRequest(
                request.method(), request.rawPath(), request.rawQuery(), new SentHeaders(headers), request.bodyHash());
    }

    static Stream<String[]> wrong_headers() {
        return Stream.of(
                new String[] {"AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA1 ", "InvalidRequest"},
                new String[] {"AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 ", "InvalidRequest"},
                new String[] {"AWS4-HMAC-SHA256 ", "Bearer ", "InvalidRequest"},
                new String[] {"Signature=", "Signature=0", "AuthorizationHeaderMalformed"},
                new String[] {"Signature=", "Sig=", "AuthorizationHeaderMalformed"},
                new String[] {"Signature=", "Signature", "AuthorizationHeaderMalformed"},
                new String[] {"SignedHeaders=", "SignedHeaders=x;", "SignatureDoesNotMatch"},
                new String[] {"host;", "", "SignatureDoesNotMatch"},
                new String[] {"x-amz-date", "x-amz-dat", "AccessDenied"},
                new String[] {"/aws4_request", "/aws5_request", "AuthorizationHeaderMalformed"},
                new String[] {"/s3/", "/", "AuthorizationHeaderMalformed"},
                new String[] {"/s3/", "/s3x/", "SignatureDoesNotMatch"},
                new String[] {"/eu-west-1/", "/eu-west-2/", "SignatureDoesNotMatch"},
                new String[] {"/20260131/", "/20260130/", "AuthorizationHeaderMalformed"},
                new String[] {KEY_ID, "AKIAIOSFODNN7EXAMPLF", "InvalidAccessKeyId"});
    }

    @ParameterizedTest
    @MethodSource("wrong_headers")
    void a_header_that_was_changed_is_refused_by_what_is_wrong(String from, String to, String reason) {
        SentRequest request = get("https://s3.example.com/b/k", S3).request();
        assertThat(request.headers().all("authorization").get(0)).contains(from);
        assertThat(refused(with(request, text -> text.replace(from, to)))).isEqualTo(reason);
    }

    private static SentRequest address(String method, String path, String query) {
        return new SentRequest(
                method,
                path,
                "AWSAccessKeyId=" + KEY_ID + "&Expires=1769866496&" + query,
                SentHeaders.of(),
                Optional.empty());
    }

    private String refusedByS3(SentRequest request) {
        try {
            check.checkS3(request, Optional.empty());
        } catch (PlatformException e) {
            return e.details().get("reason") + "";
        }
        return "believed";
    }

    /** Signed by boto3 at {@code NOW}, for an hour. */
    @Test
    void addresses_that_boto3_has_signed_by_version_2_are_believed_and_no_others() {
        SentRequest plain = address("GET", "/b/%C3%BC%20k/x%2By.txt", "Signature=J%2FxaJi2FGJv1uSR8T0%2ByAGbvcGU%3D");
        Verified verified = check.checkS3(plain, Optional.empty()).orElseThrow();
        assertThat(verified.presigned()).isTrue();
        assertThat(verified.payload()).isEqualTo(Payload.UNSIGNED);
        assertThat(verified.scope().keyId()).isEqualTo(KEY_ID);
        assertThat(refusedByS3(address(
                        "GET",
                        "/b/k",
                        "versionId=null&response-content-type=text%2Fplain&Signature=KD9OrSYNTOpKZKxYIeWt0Tl7IBk%3D")))
                .isEqualTo("believed");
        String put = "Signature=mgzDsnySW1bB2oQYWyUFY2KDWp8%3D&content-type=text%2Fplain&x-amz-meta-a=b";
        assertThat(refusedByS3(address("PUT", "/b/k", put))).isEqualTo("believed");
        for (SentRequest other : List.of(
                address("GET", "/b/k", put),
                address("PUT", "/b/other", put),
                address("PUT", "/b/k", put.replace("a=b", "a=c")),
                address("PUT", "/b/k", put.replace("plain", "html")),
                address("PUT", "/b/k", put + "&acl"),
                address("PUT", "/b/k", put.replace("mgz", "mgy")))) {
            assertThat(refusedByS3(other)).isEqualTo("SignatureDoesNotMatch");
        }
        assertThat(check.checkS3(
                        address("GET", "/k", "Signature=JZZRaJ8V3zYYr7CDc3lmg9Cvrjc%3D"), Optional.of("bucket")))
                .isPresent();
        clock.advance(Duration.ofHours(1));
        assertThat(refusedByS3(plain)).isEqualTo("AccessDenied");
    }

    @Test
    void only_s3_believes_version_2_and_only_where_nothing_else_is_there() {
        SentRequest plain = address("GET", "/b/%C3%BC%20k/x%2By.txt", "Signature=J%2FxaJi2FGJv1uSR8T0%2ByAGbvcGU%3D");
        assertThat(refusedByS3(plain)).isEqualTo("believed");
        assertThat(refused(plain)).isEqualTo("InvalidRequest");
        String iam = "&X-Amz-Credential=" + KEY_ID + "%2F20260131%2Fus-east-1%2Fiam%2Faws4_request";
        SentRequest turned =
                new SentRequest("GET", plain.rawPath(), plain.rawQuery() + iam, SentHeaders.of(), Optional.empty());
        assertThat(refusedByS3(turned)).isEqualTo("InvalidArgument");
        assertThat(refused(turned)).isEqualTo("InvalidArgument");
    }

    @Test
    void version_2_signs_neither_headers_nor_bodies_in_frames() {
        assertThat(refusedByS3(new SentRequest(
                        "GET",
                        "/b/k",
                        "",
                        SentHeaders.of("Authorization", "AWS " + KEY_ID + ":frJIUN8DYpKDtOLCwo//yllqDzg="),
                        Optional.empty())))
                .isEqualTo("InvalidRequest");
        SentRequest put = address("PUT", "/b/k", "Signature=x");
        assertThat(refusedByS3(new SentRequest(
                        "PUT",
                        put.rawPath(),
                        put.rawQuery(),
                        SentHeaders.of("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
                        Optional.empty())))
                .isEqualTo("InvalidRequest");
    }

    @Test
    void one_way_to_sign_is_enough() {
        SentRequest header = get("https://s3.example.com/b/k", S3).request();
        SentRequest query = get("https://s3.example.com/b/k", S3, PRESIGNED).request();
        assertThat(refused(new SentRequest("GET", "/b/k", query.rawQuery(), header.headers(), Optional.empty())))
                .isEqualTo("InvalidArgument");
        assertThat(refused(new SentRequest(
                        "GET", "/b/k", "AWSAccessKeyId=a&Signature=b&Expires=1", header.headers(), Optional.empty())))
                .isEqualTo("InvalidArgument");
        String twice = header.headers().all("authorization").get(0);
        assertThat(refused(new SentRequest(
                        "GET", "/b/k", "", header.headers().with("Authorization", twice), Optional.empty())))
                .isEqualTo("AuthorizationHeaderMalformed");
    }

    @Test
    void what_aws_reads_must_be_signed() {
        SentRequest request = get("https://s3.example.com/b/k", S3).request();
        SentRequest more = new SentRequest(
                "GET", "/b/k", "", request.headers().with("X-Amz-Acl", "public-read"), request.bodyHash());
        assertThat(refused(more)).isEqualTo("AccessDenied");
        SentRequest harmless = new SentRequest(
                "GET", "/b/k", "", request.headers().with("User-Agent", "somebody"), request.bodyHash());
        assertThat(refused(harmless)).isEqualTo("believed");
        SentRequest presigned = get("https://s3.example.com/b/k", S3, PRESIGNED).request();
        assertThat(refused(new SentRequest(
                        "GET",
                        "/b/k",
                        presigned.rawQuery(),
                        presigned.headers().with("x-amz-copy-source", "/other/key"),
                        Optional.empty())))
                .isEqualTo("AccessDenied");
    }

    @Test
    void a_request_is_believed_for_fifteen_minutes_before_and_behind() {
        SentRequest request = get("https://s3.example.com/b/k", S3).request();
        clock.jump(Duration.ofMinutes(15));
        assertThat(refused(request)).isEqualTo("believed");
        clock.jump(Duration.ofSeconds(1));
        assertThat(refused(request)).isEqualTo("RequestTimeTooSkewed");
        clock.jump(Duration.ofMinutes(-30).minusSeconds(1));
        assertThat(refused(request)).isEqualTo("believed");
        clock.jump(Duration.ofSeconds(-1));
        assertThat(refused(request)).isEqualTo("RequestTimeTooSkewed");
    }

    @Test
    void an_address_is_good_until_it_expires() {
        SentRequest request = get("https://s3.example.com/b/k", S3, PRESIGNED).request();
        clock.jump(Duration.ofHours(1).minusSeconds(1));
        assertThat(refused(request)).isEqualTo("believed");
        clock.jump(Duration.ofSeconds(1));
        assertThat(refused(request)).isEqualTo("AccessDenied");
        clock.jump(Duration.ofHours(-2));
        assertThat(refused(request)).isEqualTo("AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Expires=3600->X-Amz-Expires=604801",
                "X-Amz-Expires=3600->X-Amz-Expires=-1",
                "X-Amz-Expires=3600->X-Amz-Expires=soon",
                "X-Amz-Expires=3600->X-Amz-Expires=1&X-Amz-Expires=2",
                "X-Amz-Expires=->Expires=",
                "X-Amz-Date=->Date=",
                "X-Amz-Date=2026->X-Amz-Date=26",
                "X-Amz-SignedHeaders=->SignedHeaders=",
                "X-Amz-Signature=->Signature=",
                "X-Amz-Algorithm=AWS4->X-Amz-Algorithm=AWS5",
                "X-Amz-Algorithm=->Algorithm=",
                "X-Amz-Credential=->X-Amz-Credential=a",
                "%2Faws4_request->"
            })
    void an_address_with_wrong_parameters_is_refused(String change) {
        SentRequest request = get("https://s3.example.com/b/k", S3, PRESIGNED).request();
        String[] parts = change.split("->", -1);
        assertThat(request.rawQuery()).contains(parts[0]);
        String reason = refused(new SentRequest(
                "GET", "/b/k", request.rawQuery().replace(parts[0], parts[1]), request.headers(), Optional.empty()));
        assertThat(reason).isIn("AuthorizationQueryParametersError", "InvalidAccessKeyId");
        assertThat(reason.equals("InvalidAccessKeyId")).isEqualTo(change.endsWith("Credential=a"));
    }

    @Test
    void a_temporary_key_needs_its_token_and_ends() {
        for (Settings location : List.<Settings>of(builder -> {}, PRESIGNED)) {
            SentRequest request = sign(
                            request("GET", "https://s3.example.com/b/k").build(), new byte[0], session(), S3, location)
                    .request();
            assertThat(refused(request)).isEqualTo("believed");
            SignatureCheck ended = new SignatureCheck(
                    id -> Optional.of(
                            new AccessKey(SdkSigner.SECRET, Optional.of(new AccessKey.Session(SdkSigner.TOKEN, NOW)))),
                    clock);
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    PlatformException.class, () -> ended.check(request))
                            .details())
                    .containsEntry("reason", "ExpiredToken");
            SignatureCheck lasting =
                    new SignatureCheck(id -> Optional.of(new AccessKey(SdkSigner.SECRET, Optional.empty())), clock);
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    PlatformException.class, () -> lasting.check(request))
                            .details())
                    .containsEntry("reason", "InvalidToken");
        }
        SentRequest without = get("https://s3.example.com/b/k", S3).request();
        assertThat(refused(with(without, text -> text.replace(KEY_ID, SESSION_ID))))
                .isEqualTo("InvalidToken");
    }

    @Test
    void headers_that_signing_needs_are_asked_for() {
        SentRequest request = get("https://s3.example.com/b/k", S3).request();
        assertThat(refused(without(request, "x-amz-date"))).isEqualTo("AccessDenied");
        assertThat(refused(without(request, "x-amz-content-sha256"))).isEqualTo("InvalidRequest");
        assertThat(refused(new SentRequest(
                        "GET",
                        "/b/k",
                        "",
                        without(without(request, "x-amz-date"), "").headers().with("Date", "today"),
                        Optional.empty())))
                .isEqualTo("AccessDenied");
    }

    private static SentRequest without(SentRequest request, String name) {
        return new SentRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                new SentHeaders(request.headers().entries().stream()
                        .filter(each -> !each.getKey().equals(name))
                        .toList()),
                request.bodyHash());
    }

    /** Every bit of the method, the path, the query, and each signed header. */
    @Test
    void no_bit_can_be_changed() {
        for (Settings location : List.<Settings>of(builder -> {}, PRESIGNED)) {
            SentRequest good = sign(
                            request("GET", "https://s3.example.com/bucket/a%20key?versionId=x1&tagging=")
                                    .appendHeader("x-amz-meta-a", "v")
                                    .build(),
                            new byte[0],
                            session(),
                            S3,
                            location)
                    .request();
            assertThat(refused(good)).isEqualTo("believed");
            flips(
                    good.method(),
                    text -> new SentRequest(text, good.rawPath(), good.rawQuery(), good.headers(), good.bodyHash()));
            flips(
                    good.rawPath(),
                    text -> new SentRequest(good.method(), text, good.rawQuery(), good.headers(), good.bodyHash()));
            flips(
                    good.rawQuery(),
                    text -> new SentRequest(good.method(), good.rawPath(), text, good.headers(), good.bodyHash()));
            for (int i = 0; i < good.headers().entries().size(); i++) {
                int at = i;
                Map.Entry<String, String> header = good.headers().entries().get(i);
                flips(header.getValue(), text -> {
                    List<Map.Entry<String, String>> headers =
                            new ArrayList<>(good.headers().entries());
                    headers.set(at, Map.entry(header.getKey(), text));
                    return new SentRequest(
                            good.method(), good.rawPath(), good.rawQuery(), new SentHeaders(headers), good.bodyHash());
                });
            }
        }
    }

    private void flips(String text, java.util.function.Function<String, SentRequest> changed) {
        for (int at = 0; at < text.length(); at++) {
            for (int bit = 0; bit < 7; bit++) {
                char[] characters = text.toCharArray();
                characters[at] ^= (char) (1 << bit);
                String other = new String(characters);
                if (!sameMeaning(text, other)) {
                    assertThat(refused(changed.apply(other))).as(other).isNotEqualTo("believed");
                }
            }
        }
    }

    /** The case of hexadecimal digits in an encoded character, and of names of signed headers, means nothing. */
    private static boolean sameMeaning(String one, String other) {
        String plain = Encoding.text(Encoding.decoded(one, true));
        String changed = Encoding.text(Encoding.decoded(other, true));
        return plain.equals(changed)
                || (one.contains("SignedHeaders=")
                        && plain.toLowerCase(Locale.ROOT).equals(changed.toLowerCase(Locale.ROOT))
                        && onlyNames(plain, changed));
    }

    private static boolean onlyNames(String one, String other) {
        int from = one.indexOf("SignedHeaders=") + "SignedHeaders=".length();
        int to = from;
        while (to < one.length() && ",&".indexOf(one.charAt(to)) < 0) {
            to++;
        }
        return one.substring(0, from).equals(other.substring(0, from))
                && one.substring(to).equals(other.substring(to));
    }

    @Test
    void keys_that_were_derived_are_kept_for_true_signatures_only_and_not_without_end() {
        SigningKeys keys = new SigningKeys(10);
        for (int i = 0; i < 100; i++) {
            Scope scope = new Scope("AKIA" + i, "20260131", "r", "s3");
            keys.keep(scope, "secret", new SigningKeys.Key(Signing.key("secret", scope)));
            assertThat(keys.find(scope, "secret")).isPresent();
            assertThat(keys.find(scope, "another")).isEmpty();
        }
        assertThat(keys.size()).isEqualTo(10);
    }
}
