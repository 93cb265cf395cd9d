package io.slipway.wire.aws.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signs as the official SDK for Java does. */
final class SdkSigner {
    static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final String SESSION_ID = "ASIAIOSFODNN7EXAMPLE";
    static final String TOKEN = "IQoJb3JpZ2luX2Vj/+EXAMPLE==";
    static final Instant NOW = Instant.parse("2026-01-31T12:34:56Z");

    /** What was signed, as a server gets it. */
    static final class Sent {
        private final SentRequest request;
        private final byte[] body;

        Sent(SentRequest request, byte[] body) {
            this.request = request;
            this.body = body;
        }

        SentRequest request() {
            return request;
        }

        byte[] body() {
            return body.clone();
        }
    }

    private SdkSigner() {}

    static AwsCredentialsIdentity lasting() {
        return AwsCredentialsIdentity.create(KEY_ID, SECRET);
    }

    static AwsCredentialsIdentity session() {
        return AwsSessionCredentialsIdentity.create(SESSION_ID, SECRET, TOKEN);
    }

    static SdkHttpRequest.Builder request(String method, String uri) {
        return SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(URI.create(uri));
    }

    /** How a service is signed. */
    interface Settings {
        void set(SignRequest.Builder<AwsCredentialsIdentity> builder);
    }

    static Settings of(String service) {
        return builder -> {
            builder.putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
            if (service.equals("s3")) {
                builder.putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false);
            }
        };
    }

    static Sent sign(SdkHttpRequest request, byte[] body, AwsCredentialsIdentity identity, Settings... all) {
        SignRequest.Builder<AwsCredentialsIdentity> builder =
                SignRequest.builder(identity).request(request).payload(ContentStreamProvider.fromByteArray(body));
        for (Settings each : all) {
            each.set(builder);
        }
        SignedRequest signed = AwsV4HttpSigner.create().sign(builder.build());
        SdkHttpRequest http = signed.request();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        http.headers().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        byte[] sent = signed.payload().map(SdkSigner::read).orElse(body);
        return new Sent(
                new SentRequest(
                        http.method().name(),
                        http.encodedPath(),
                        http.encodedQueryParameters().orElse(""),
                        new SentHeaders(headers),
                        Optional.of(Signing.hash(sent))),
                sent);
    }

    private static byte[] read(ContentStreamProvider payload) {
        try (InputStream in = payload.newStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SentRequest streamed(SentRequest request) {
        return new SentRequest(
                request.method(), request.rawPath(), request.rawQuery(), request.headers(), Optional.empty());
    }

    static Optional<AccessKey> known(String id) {
        return switch (id) {
            case KEY_ID -> Optional.of(new AccessKey(SECRET, Optional.empty()));
            case SESSION_ID ->
                Optional.of(new AccessKey(SECRET, Optional.of(new AccessKey.Session(TOKEN, NOW.plusSeconds(3600)))));
            default -> Optional.empty();
        };
    }
}
