package io.slipway.wire.aws.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.testing.FakeClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes (S3 API reference, authenticating requests; IAM user guide, signing). */
class PublishedExamplesTest {
    private static final String CREDENTIAL =
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,";

    private static SignatureCheck at(String moment, String secret) {
        return new SignatureCheck(
                id -> Optional.of(new AccessKey(secret, Optional.empty())),
                new FakeClock(Instant.parse(moment).toEpochMilli()));
    }

    private static Verified verified(SentRequest request) {
        return at("2013-05-24T00:00:00Z", SdkSigner.SECRET).check(request).orElseThrow();
    }

    private static Verified verified(String method, String path, String query, SentHeaders headers) {
        return verified(new SentRequest(method, path, query, headers, Optional.empty()));
    }

    @Test
    void an_object_is_asked_for() {
        Verified verified = verified(
                "GET",
                "/test.txt",
                "",
                SentHeaders.of(
                        "Host", "examplebucket.s3.amazonaws.com",
                        "Authorization",
                                CREDENTIAL + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                        "Range", "bytes=0-9",
                        "x-amz-content-sha256", Signing.EMPTY_HASH,
                        "x-amz-date", "20130524T000000Z"));
        assertThat(verified.scope().region()).isEqualTo("us-east-1");
    }

    @Test
    void an_object_is_put_and_its_path_was_signed_encoded() {
        for (String path : new String[] {"/test%24file.text", "/test$file.text"}) {
            verified(
                    "PUT",
                    path,
                    "",
                    SentHeaders.of(
                            "Host", "examplebucket.s3.amazonaws.com",
                            "Date", "Fri, 24 May 2013 00:00:00 GMT",
                            "Authorization",
                                    CREDENTIAL
                                            + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
                                            + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                            "x-amz-date", "20130524T000000Z",
                            "x-amz-storage-class", "REDUCED_REDUNDANCY",
                            "x-amz-content-sha256",
                                    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"));
        }
    }

    @Test
    void parameters_without_a_value_and_with_one() {
        SentHeaders headers = SentHeaders.of(
                "Host", "examplebucket.s3.amazonaws.com",
                "x-amz-date", "20130524T000000Z",
                "x-amz-content-sha256", Signing.EMPTY_HASH);
        String signed = CREDENTIAL + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=";
        verified(
                "GET",
                "/",
                "lifecycle",
                headers.with(
                        "Authorization", signed + "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
        verified(
                "GET",
                "/",
                "max-keys=2&prefix=J",
                headers.with(
                        "Authorization", signed + "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
    }

    @Test
    void an_address_is_presigned() {
        Verified verified = verified(
                "GET",
                "/test.txt",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                SentHeaders.of("Host", "examplebucket.s3.amazonaws.com"));
        assertThat(verified.payload()).isEqualTo(Payload.UNSIGNED);
    }

    @Test
    void another_service_is_asked() {
        SentRequest request = new SentRequest(
                "GET",
                "/",
                "Action=ListUsers&Version=2010-05-08",
                SentHeaders.of(
                        "Content-Type", "application/x-www-form-urlencoded; charset=utf-8",
                        "Host", "iam.amazonaws.com",
                        "X-Amz-Date", "20150830T123600Z",
                        "Authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                                        + "SignedHeaders=content-type;host;x-amz-date, "
                                        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
                Optional.of(Signing.EMPTY_HASH));
        assertThat(at("2015-08-30T12:36:00Z", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                        .check(request))
                .isPresent();
    }

    private static byte[] as(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'a');
        return bytes;
    }

    private static void chunk(ByteArrayOutputStream body, int length, String signature) {
        body.writeBytes((Integer.toHexString(length) + ";chunk-signature=" + signature + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(as(length));
    }

    private static SentHeaders chunked(String payload, String more, String signature) {
        return SentHeaders.of(
                "Host", "s3.amazonaws.com",
                "x-amz-date", "20130524T000000Z",
                "x-amz-storage-class", "REDUCED_REDUNDANCY",
                "Authorization", CREDENTIAL + "SignedHeaders=content-encoding;" + more + ",Signature=" + signature,
                "x-amz-content-sha256", payload,
                "Content-Encoding", "aws-chunked",
                "x-amz-decoded-content-length", "66560",
                "Content-Length", "66824");
    }

    private static byte[] decoded(Verified request, SentHeaders headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AwsChunks chunks = new AwsChunks(request, headers, out::write);
        chunks.feed(body);
        chunks.finish();
        return out.toByteArray();
    }

    @Test
    void an_object_comes_in_signed_chunks() {
        SentHeaders headers = chunked(
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        Verified verified = verified("PUT", "/examplebucket/chunkObject.txt", "", headers);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        chunk(body, 65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        body.writeBytes(new byte[] {'\r', '\n'});
        chunk(body, 1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
        body.writeBytes(new byte[] {'\r', '\n'});
        chunk(body, 0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
        body.writeBytes(new byte[] {'\r', '\n'});
        assertThat(body.size()).isEqualTo(66824);
        assertThat(decoded(verified, headers, body.toByteArray())).isEqualTo(as(66560));
    }

    @Test
    void an_object_comes_in_signed_chunks_with_a_trailer() {
        SentHeaders headers = chunked(
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                        "host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")
                .with("x-amz-trailer", "x-amz-checksum-crc32c");
        Verified verified = verified("PUT", "/examplebucket/chunkObject.txt", "", headers);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        chunk(body, 65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2");
        body.writeBytes(new byte[] {'\r', '\n'});
        chunk(body, 1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7");
        body.writeBytes(new byte[] {'\r', '\n'});
        chunk(body, 0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992");
        for (String line : new String[] {
            "x-amz-checksum-crc32c:sOO8/Q==",
            "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435",
            ""
        }) {
            body.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(decoded(verified, headers, body.toByteArray())).isEqualTo(as(66560));
    }
}
