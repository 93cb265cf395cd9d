package io.slipway.wire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** S3 by the SDK's own client, and by bytes that no client sends. */
@SuppressWarnings("unchecked") // Arrays of generic consumers, by which the SDK takes lists.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3DoorTest {
    private static final String BUCKET = "bucket";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private AwsServer server;
    private S3Client s3;
    private S3Presigner presigner;

    @BeforeAll
    void start() {
        server = new AwsServer();
        StaticCredentialsProvider keys =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(AwsServer.KEY, AwsServer.SECRET));
        s3 = S3Client.builder()
                .endpointOverride(URI.create(server.url()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(keys)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        presigner = S3Presigner.builder()
                .endpointOverride(URI.create(server.url()))
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(keys)
                .build();
        s3.createBucket(r -> r.bucket(BUCKET));
    }

    @AfterAll
    void stop() {
        s3.close();
        presigner.close();
        server.close();
    }

    private void put(String key, String text) {
        s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private ResponseBytes<GetObjectResponse> get(String key, Consumer<GetObjectRequest.Builder> more) {
        return s3.getObjectAsBytes(r -> more.accept(r.bucket(BUCKET).key(key)));
    }

    private String putAddress(Consumer<PutObjectRequest.Builder> put) {
        return presigner
                .presignPutObject(p ->
                        p.signatureDuration(Duration.ofMinutes(5)).putObjectRequest(r -> put.accept(r.bucket(BUCKET))))
                .url()
                .toString();
    }

    private String getAddress(Consumer<GetObjectRequest.Builder> get) {
        return presigner
                .presignGetObject(p ->
                        p.signatureDuration(Duration.ofMinutes(5)).getObjectRequest(r -> get.accept(r.bucket(BUCKET))))
                .url()
                .toString();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String address) {
        return HttpRequest.newBuilder(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a/b",
                "a//b",
                "/a",
                "a/",
                "a/../b",
                "..",
                "../..",
                "./a",
                "a/.",
                "%2e%2e/a",
                "a+b c",
                "a;b=c",
                "a%b",
                "a?b#c&d=e",
                "é/日本/𝄞",
                "~!*()'",
                "\\a",
                "a\tb"
            })
    void a_key_is_what_was_sent(String key) {
        put(key, key);
        assertThat(get(key, r -> {}).asUtf8String()).isEqualTo(key);
        assertThat(server.s3.stored(BUCKET, key)).isPresent();
        assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .contains(key);
        s3.deleteObject(r -> r.bucket(BUCKET).key(key));
        assertThat(server.s3.stored(BUCKET, key)).isEmpty();
    }

    @Test
    void headers_of_an_object_come_back_once_and_as_they_were_written() throws Exception {
        s3.putObject(
                r -> r.bucket(BUCKET)
                        .key("headers")
                        .contentEncoding("deflate, gzip")
                        .expires(Instant.parse("2030-01-02T03:04:05Z")),
                RequestBody.fromString("0"));
        HttpResponse<String> told = send(to(getAddress(r -> r.key("headers"))));
        assertThat(told.headers().allValues("content-encoding")).containsExactly("deflate, gzip");
        assertThat(told.headers().allValues("expires")).containsExactly("Wed, 2 Jan 2030 03:04:05 GMT");
    }

    @Test
    void an_object_comes_back_with_all_that_was_said_of_it() {
        s3.putObject(
                r -> r.bucket(BUCKET)
                        .key("said")
                        .contentType("text/x")
                        .contentEncoding("x-own")
                        .metadata(Map.of("name", "value", "other", "=?UTF-8?Q?gr=C3=B6=C3=9Fe?=")),
                RequestBody.fromString("0123456789"));
        GetObjectResponse told = get("said", r -> {}).response();
        assertThat(server.s3.stored(BUCKET, "said").orElseThrow().put().metadata())
                .isEqualTo(Map.of("name", "value", "other", "größe"));
        assertThat(told.metadata()).isEqualTo(Map.of("name", "value", "other", "=?UTF-8?B?Z3LDtsOfZQ==?="));
        assertThat(told.contentType()).isEqualTo("text/x");
        assertThat(told.contentEncoding()).isEqualTo("x-own");
        assertThat(told.eTag()).startsWith("\"").endsWith("\"");
        assertThat(told.lastModified()).isEqualTo("2026-01-02T03:04:05Z");
        ResponseBytes<GetObjectResponse> range = get("said", r -> r.range("bytes=2-4"));
        assertThat(range.asUtf8String()).isEqualTo("234");
        assertThat(range.response().contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(range.response().sdkHttpResponse().statusCode()).isEqualTo(206);
        assertThat(s3.headObject(r -> r.bucket(BUCKET).key("said")).contentLength())
                .isEqualTo(10);
    }

    @Test
    void refusals_have_the_status_and_the_code_that_clients_look_for() {
        put("there", "x");
        String etag = s3.headObject(r -> r.bucket(BUCKET).key("there")).eTag();
        refused(() -> get("there", r -> r.ifNoneMatch(etag)), 304, "");
        refused(() -> get("there", r -> r.range("bytes=7-9")), 416, "InvalidRange");
        refused(
                () -> s3.putObject(r -> r.bucket(BUCKET).key("there").ifNoneMatch("*"), RequestBody.fromString("y")),
                412,
                "");
        assertThatThrownBy(() -> get("none", r -> {})).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headObject(r -> r.bucket(BUCKET).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        refused(() -> s3.getBucketPolicy(r -> r.bucket(BUCKET)), 501, "NotImplemented");
        refused(() -> s3.putObject(r -> r.bucket("none").key("k"), RequestBody.fromBytes(new byte[300_000])), 404, "");
    }

    /** @param code empty: the client loses the words of those who refuse before they have asked for the body */
    private static void refused(Runnable call, int status, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(status);
            if (!code.isEmpty()) {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                assertThat(e.requestId()).isNotBlank();
                assertThat(e.extendedRequestId()).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void bodies_in_frames_with_checksums_behind_them_are_taken_out_of_them(ChecksumAlgorithm kind) {
        byte[] body = new byte[200_000];
        Arrays.fill(body, (byte) 7);
        s3.putObject(r -> r.bucket(BUCKET).key("framed").checksumAlgorithm(kind), RequestBody.fromBytes(body));
        MemoryS3.Stored stored = server.s3.stored(BUCKET, "framed").orElseThrow();
        assertThat(stored.bytes()).isEqualTo(body);
        assertThat(stored.put().contentEncoding()).isNull();
        assertThat(stored.put().contentLength()).isEqualTo(200_000);
        assertThat(stored.put().checksumAlgorithm()).isEqualTo(kind);
    }

    @Test
    void a_body_that_is_not_what_was_said_of_it_is_not_stored() throws IOException, InterruptedException {
        refused(
                () -> s3.putObject(
                        r -> r.bucket(BUCKET).key("wrong").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromString("x")),
                400,
                "BadDigest");
        refused(
                () -> s3.putObject(
                        r -> r.bucket(BUCKET).key("wrong").checksumCRC32("AAAAAA=="), RequestBody.fromString("x")),
                400,
                "BadDigest");
        refused(
                () -> s3.putObject(r -> r.bucket(BUCKET).key("wrong").contentMD5("short"), RequestBody.fromString("x")),
                400,
                "");
        // Nobody reads an empty body; it is looked at all the same.
        HttpResponse<String> empty = send(to(putAddress(r -> r.key("wrong").contentMD5("AAAAAAAAAAAAAAAAAAAAAA==")))
                .header("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==")
                .PUT(HttpRequest.BodyPublishers.noBody()));
        assertThat(empty.body()).contains("<Code>BadDigest</Code>");
        assertThat(server.s3.stored(BUCKET, "wrong")).isEmpty();
    }

    @Test
    void what_is_cut_off_is_not_stored_and_what_has_no_length_is_refused() throws IOException, InterruptedException {
        String address = putAddress(r -> r.key("cut"));
        String path = address.substring(server.url().length());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                    + "\r\nContent-Length: 9\r\n\r\nhalf")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        HttpResponse<String> unknown = send(to(address)
                .PUT(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)))));
        assertThat(unknown.statusCode()).isEqualTo(411);
        assertThat(server.s3.stored(BUCKET, "cut")).isEmpty();
    }

    @Test
    void who_waits_for_a_word_gets_it_only_if_the_body_is_wanted() throws IOException {
        String wanted = exchange(putAddress(r -> r.key("word")), "hello");
        assertThat(wanted).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
        assertThat(server.s3.stored(BUCKET, "word").orElseThrow().length()).isEqualTo(5);
        String refused = exchange(
                presigner
                        .presignPutObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                                .putObjectRequest(r -> r.bucket("none").key("word")))
                        .url()
                        .toString(),
                "hello");
        assertThat(refused).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
    }

    /** Sends the body when it is asked for, and reads until there is an answer. */
    private String exchange(String address, String body) throws IOException {
        String path = address.substring(server.url().length());
        StringBuilder got = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                    + "\r\nExpect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            boolean sent = false;
            for (int each = in.read(); each >= 0; each = in.read()) {
                got.append((char) each);
                boolean head = got.toString().endsWith("\r\n\r\n");
                if (head && !sent && got.toString().startsWith("HTTP/1.1 100")) {
                    sent = true;
                    socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                } else if (head) {
                    break;
                }
            }
        }
        return got.toString();
    }

    @Test
    void parts_become_one_object() {
        String id = s3.createMultipartUpload(r -> r.bucket(BUCKET).key("parts")).uploadId();
        List<CompletedPart> parts = List.of(1, 2).stream()
                .map(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(s3.uploadPart(
                                        r -> r.bucket(BUCKET)
                                                .key("parts")
                                                .uploadId(id)
                                                .partNumber(number),
                                        RequestBody.fromBytes(new byte[100_000]))
                                .eTag())
                        .build())
                .toList();
        s3.completeMultipartUpload(
                r -> r.bucket(BUCKET).key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));
        assertThat(s3.headObject(r -> r.bucket(BUCKET).key("parts")).contentLength())
                .isEqualTo(200_000);
        assertThat(s3.deleteObjects(r ->
                                r.bucket(BUCKET).delete(d -> d.objects(o -> o.key("parts"), o -> o.key("<&>"))))
                        .deleted())
                .hasSize(2);
    }

    @Test
    void large_objects_stream_in_both_directions() throws IOException {
        long length = 40L << 20;
        s3.putObject(
                r -> r.bucket(BUCKET).key("large"),
                RequestBody.fromInputStream(new SequenceInputStream(zeros(length / 2), zeros(length / 2)), length));
        assertThat(server.s3.stored(BUCKET, "large").orElseThrow().length()).isEqualTo(length);
        try (InputStream in = s3.getObject(r -> r.bucket(BUCKET).key("large"))) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(length);
        }
    }

    private static InputStream zeros(long length) {
        return new ByteArrayInputStream(new byte[(int) length]);
    }

    @Test
    void a_signed_address_may_say_headers_of_its_answer_and_a_stranger_may_not()
            throws IOException, InterruptedException {
        put("open", "hello");
        HttpResponse<String> signed = send(
                to(getAddress(r -> r.key("open").responseContentType("text/own").responseCacheControl("no-store"))));
        assertThat(signed.body()).isEqualTo("hello");
        assertThat(signed.headers().firstValue("content-type")).contains("text/own");
        assertThat(signed.headers().firstValue("cache-control")).contains("no-store");
        assertThat(signed.headers().firstValue("x-amz-request-id")).isPresent();
        String stranger = raw("GET /open?response-content-type=x HTTP/1.1\r\nHost: bucket.s3.localhost\r\n\r\n");
        assertThat(stranger).startsWith("HTTP/1.1 400").contains("<Code>InvalidRequest</Code>");
        assertThat(raw("GET /open HTTP/1.1\r\nHost: bucket.s3.eu-west-1.localhost:80\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("hello");
        assertThat(raw("GET /bucket/open HTTP/1.1\r\nHost: s3.localhost\r\n\r\n"))
                .endsWith("hello");
    }

    /** What anybody uploads would act with the session of whoever opens it. */
    @Test
    void an_object_is_no_page_and_no_part_of_one_where_the_pages_of_the_platform_are() throws Exception {
        put("evil.html", "<script>fetch('/ui-api/session')</script>");
        String address = getAddress(r -> r.key("evil.html").responseContentType("text/html"));
        HttpResponse<String> opened = send(to(address).header("Sec-Fetch-Dest", "document"));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("content-security-policy")).contains("sandbox");
        assertThat(opened.headers().firstValue("x-content-type-options")).contains("nosniff");
        for (String part : List.of("script", "style", "serviceworker")) {
            assertThat(send(to(address).header("Sec-Fetch-Dest", part)).statusCode())
                    .as(part)
                    .isEqualTo(403);
        }
        String host = "GET /bucket/evil.html HTTP/1.1\r\nHost: s3.localhost\r\nSec-Fetch-Dest: script\r\n\r\n";
        assertThat(raw(host)).startsWith("HTTP/1.1 200").doesNotContain("sandbox");
    }

    /** Sends bytes as they are, and reads as much as the answer says that it has. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
            return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }
    }

    @Test
    void pages_from_elsewhere_may_what_the_rules_of_the_bucket_say() throws IOException, InterruptedException {
        s3.createBucket(r -> r.bucket("shared"));
        s3.putBucketCors(r -> r.bucket("shared")
                .corsConfiguration(c -> c.corsRules(rule -> rule.allowedOrigins("https://*.example.com")
                        .allowedMethods("GET", "PUT")
                        .allowedHeaders("x-amz-*")
                        .exposeHeaders("ETag")
                        .maxAgeSeconds(60))));
        String asked = """
                OPTIONS /shared/k HTTP/1.1
                Host: s3.localhost
                Access-Control-Request-Method: PUT
                Access-Control-Request-Headers: X-Amz-Date
                Origin:""".replace("\n", "\r\n");
        assertThat(raw(asked + " https://a.example.com\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("access-control-allow-origin: https://a.example.com")
                .contains("access-control-allow-headers: X-Amz-Date")
                .contains("access-control-allow-methods: GET, PUT")
                .contains("access-control-expose-headers: ETag")
                .contains("access-control-max-age: 60");
        String right = asked + " https://a.example.com\r\n\r\n";
        s3.createBucket(r -> r.bucket("silent"));
        for (String wrong : List.of(
                asked + " https://a.example.org\r\n\r\n",
                asked + " https://example.com\r\n\r\n",
                right.replace("Method: PUT", "Method: DELETE"),
                right.replace("X-Amz-Date", "Range"),
                right.replace("/shared/", "/silent/"),
                right.replace("/shared/", "/missing/"))) {
            assertThat(raw(wrong)).as(wrong).startsWith("HTTP/1.1 403");
        }
        assertThat(s3.getBucketCors(r -> r.bucket("shared")).corsRules()).hasSize(1);
        String read = """
                GET /shared/none HTTP/1.1
                Host: s3.localhost
                Origin: https://a.example.com
                Access-Control-Request-Method:""".replace("\n", "\r\n");
        assertThat(raw(read + " PUT\r\n\r\n")).contains("access-control-allow-origin: https://a.example.com");
        assertThat(raw(read + " DELETE\r\n\r\n")).doesNotContain("access-control-allow-origin");
    }

    @Test
    void a_form_of_a_browser_uploads_what_its_policy_lets_through() throws IOException, InterruptedException {
        String form = """
                --line
                Content-Disposition: form-data; name="key"

                forms/${filename}
                --line
                Content-Disposition: form-data; name="success_action_status"

                201
                --line
                Content-Disposition: form-data; name="tagging"

                <Tagging><TagSet><Tag><Key>a b</Key><Value>&amp;</Value></Tag></TagSet></Tagging>
                --line
                Content-Disposition: form-data; name="file"; filename="a b.txt"
                Content-Type: text/own

                bytes
                --lin

                --line--
                """.replace("\n", "\r\n");
        HttpResponse<String> told = send(to(server.url() + "/bucket")
                .header("content-type", "multipart/form-data; boundary=line")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(told.statusCode()).isEqualTo(201);
        assertThat(told.body()).contains("<Key>forms/a b.txt</Key>");
        MemoryS3.Stored stored = server.s3.stored(BUCKET, "forms/a b.txt").orElseThrow();
        assertThat(new String(stored.bytes(), StandardCharsets.UTF_8)).isEqualTo("bytes\r\n--lin\r\n");
        assertThat(stored.put().contentType()).isEqualTo("text/own");
        assertThat(stored.put().tagging()).isEqualTo("a%20b=%26");
    }

    @Test
    void the_policy_of_a_form_is_about_the_key_that_the_object_gets() throws Exception {
        for (String[] each : new String[][] {{"pictures", "204"}, {"texts", "403"}}) {
            String policy = Base64.getEncoder()
                    .encodeToString(("{\"expiration\":\"2099-12-30T12:00:00Z\",\"conditions\":[{\"bucket\":\"bucket\"},"
                                    + "[\"starts-with\",\"$key\",\"" + each[0] + "\"]]}")
                            .getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(AwsServer.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8)));
            StringBuilder form = new StringBuilder();
            Map.of("key", "${filename}", "AWSAccessKeyId", AwsServer.KEY, "policy", policy, "signature", signature)
                    .forEach((name, value) -> form.append("--line\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"\r\n\r\n" + value + "\r\n"));
            form.append("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"pictures.txt\"\r\n\r\nx"
                    + "\r\n--line--\r\n");
            HttpResponse<String> told = send(to(server.url() + "/bucket")
                    .header("content-type", "multipart/form-data; boundary=line")
                    .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
            assertThat(String.valueOf(told.statusCode())).as(each[0]).isEqualTo(each[1]);
        }
        assertThat(server.s3.stored(BUCKET, "pictures.txt")).isPresent();
    }

    @Test
    void conditions_of_policies_know_how_a_call_was_signed_and_from_where_it_came() {
        put("known", "x");
        var caller = server.s3.callers.get(server.s3.callers.size() - 1);
        assertThat(caller.keyId()).contains(AwsServer.KEY);
        assertThat(caller.region()).isEqualTo("us-east-1");
        for (String key : List.of(
                "aws:SourceIp",
                "aws:SecureTransport",
                "aws:CurrentTime",
                "aws:EpochTime",
                "aws:UserAgent",
                "s3:authType",
                "s3:signatureAge",
                "s3:signatureversion",
                "s3:x-amz-content-sha256")) {
            assertThat(caller.context().has(key)).as(key).isTrue();
        }
    }

    @Test
    void a_location_is_the_whole_document() {
        assertThat(s3.getBucketLocation(r -> r.bucket(BUCKET)).locationConstraintAsString())
                .isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /bucket?torrent",
                "PUT /bucket?location",
                "DELETE /bucket?unknown",
                "PUT /bucket/key?partNumber=1",
                "POST /bucket/key",
                "PATCH /bucket/key"
            })
    void what_s3_does_not_have_is_not_taken_for_something_else(String request) throws IOException {
        assertThat(raw(request + " HTTP/1.1\r\nHost: s3.localhost\r\nContent-Length: 0\r\n\r\n"))
                .matches(
                        "(?s)HTTP/1.1 (400|405|501).*<Error><Code>(InvalidArgument|MethodNotAllowed|NotImplemented)<.*");
    }
}
