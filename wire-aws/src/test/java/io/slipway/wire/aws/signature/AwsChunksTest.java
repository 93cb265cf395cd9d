package io.slipway.wire.aws.signature;

import static io.slipway.wire.aws.signature.SdkSigner.lasting;
import static io.slipway.wire.aws.signature.SdkSigner.request;
import static io.slipway.wire.aws.signature.SdkSigner.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.wire.aws.signature.SdkSigner.Sent;
import io.slipway.wire.aws.signature.SdkSigner.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Bodies in frames, as the official SDK writes them, and as nobody should. */
class AwsChunksTest {
    private final SignatureCheck check =
            new SignatureCheck(SdkSigner::known, new FakeClock(SdkSigner.NOW.toEpochMilli()));

    record Form(String name, boolean signed, List<ChecksumAlgorithm> checksums) {
        @Override
        public String toString() {
            return name;
        }

        Sent sent(byte[] body) {
            Settings settings = builder -> {
                builder.putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, signed);
                checksums.forEach(each -> builder.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, each));
            };
            return sign(
                    request("PUT", "https://s3.example.com/b/k")
                            .putHeader("Content-Length", String.valueOf(body.length))
                            .build(),
                    body,
                    lasting(),
                    SdkSigner.of("s3"),
                    settings);
        }
    }

    static Stream<Form> forms() {
        List<Form> forms = new ArrayList<>();
        forms.add(new Form("signed", true, List.of()));
        for (ChecksumAlgorithm each : List.of(
                DefaultChecksumAlgorithm.CRC32,
                DefaultChecksumAlgorithm.CRC32C,
                DefaultChecksumAlgorithm.SHA1,
                DefaultChecksumAlgorithm.SHA256)) {
            forms.add(new Form("signed, " + each.algorithmId(), true, List.of(each)));
            forms.add(new Form("unsigned, " + each.algorithmId(), false, List.of(each)));
        }
        return forms.stream();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Verified verified(Sent sent) {
        return check.check(SdkSigner.streamed(sent.request())).orElseThrow();
    }

    private static byte[] decoded(Verified request, SentHeaders headers, byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AwsChunks chunks = new AwsChunks(request, headers, out::write);
        for (byte[] each : pieces) {
            chunks.feed(each);
        }
        chunks.finish();
        return out.toByteArray();
    }

    private static String refused(Verified request, SentHeaders headers, byte[]... pieces) {
        try {
            decoded(request, headers, pieces);
        } catch (PlatformException e) {
            return e.details().get("reason") + "";
        }
        return "taken";
    }

    @ParameterizedTest
    @MethodSource("forms")
    void what_the_sdk_sends_is_what_it_was(Form form) {
        for (int length : new int[] {0, 1, 100, 131_071, 131_072, 131_073, 400_000}) {
            byte[] body = random(length);
            Sent sent = form.sent(body);
            Verified verified = verified(sent);
            assertThat(verified.payload().chunked()).isTrue();
            assertThat(verified.payload().signedChunks()).isEqualTo(form.signed());
            assertThat(verified.payload().trailer()).isEqualTo(!form.checksums().isEmpty());
            assertThat(decoded(verified, sent.request().headers(), sent.body())).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void pieces_may_be_cut_anywhere(Form form) {
        byte[] body = random(50);
        Sent sent = form.sent(body);
        Verified verified = verified(sent);
        SentHeaders headers = sent.request().headers();
        for (int at = 0; at <= sent.body().length; at++) {
            byte[] one = Arrays.copyOfRange(sent.body(), 0, at);
            byte[] other = Arrays.copyOfRange(sent.body(), at, sent.body().length);
            assertThat(decoded(verified, headers, one, other)).isEqualTo(body);
        }
        byte[][] single = new byte[sent.body().length][];
        for (int at = 0; at < single.length; at++) {
            single[at] = new byte[] {sent.body()[at]};
        }
        assertThat(decoded(verified, headers, single)).isEqualTo(body);
        byte[] large = random(300_000);
        Sent many = form.sent(large);
        Random random = new Random(5);
        for (int round = 0; round < 10; round++) {
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < many.body().length; ) {
                int to = Math.min(many.body().length, at + 1 + random.nextInt(20_000));
                pieces.add(Arrays.copyOfRange(many.body(), at, to));
                at = to;
            }
            assertThat(decoded(verified(many), many.request().headers(), pieces.toArray(byte[][]::new)))
                    .isEqualTo(large);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void no_bit_can_be_changed(Form form) {
        Sent sent = form.sent(random(20));
        Verified verified = verified(sent);
        SentHeaders headers = sent.request().headers();
        for (int at = 0; at < sent.body().length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = sent.body().clone();
                changed[at] ^= (byte) (1 << bit);
                if (!sameMeaning(sent.body(), changed)) {
                    assertThat(refused(verified, headers, changed))
                            .as(new String(changed, StandardCharsets.ISO_8859_1))
                            .isNotEqualTo("taken");
                }
            }
        }
    }

    /** Sizes and names of headers have no case. */
    private static boolean sameMeaning(byte[] one, byte[] other) {
        String plain = new String(one, StandardCharsets.ISO_8859_1);
        String changed = new String(other, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (plain.charAt(at) == changed.charAt(at)) {
            at++;
        }
        int trailer = plain.indexOf("x-amz-checksum");
        boolean inName = trailer >= 0
                && at >= trailer
                && plain.indexOf(':', at) >= 0
                && plain.lastIndexOf('\n', at) > plain.lastIndexOf(':', at);
        boolean inSize = at < Math.max(0, plain.indexOf(';')) && at < 4;
        return (inName || inSize) && plain.toLowerCase(Locale.ROOT).equals(changed.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void what_is_cut_short_or_goes_on_is_refused(Form form) {
        Sent sent = form.sent(random(20));
        Verified verified = verified(sent);
        SentHeaders headers = sent.request().headers();
        byte[] body = sent.body();
        for (int length = 0; length < body.length; length++) {
            boolean allButTheEmptyLine = !form.checksums().isEmpty() && length == body.length - 2;
            String outcome = refused(verified, headers, Arrays.copyOf(body, length));
            assertThat(outcome)
                    .isIn(
                            "IncompleteBody",
                            "MalformedTrailerError",
                            "SignatureDoesNotMatch",
                            allButTheEmptyLine ? "taken" : "");
        }
        assertThat(refused(verified, headers, body, new byte[] {'\n'})).isEqualTo("InvalidRequest");
        assertThat(refused(verified, headers, body, body)).isEqualTo("InvalidRequest");
    }

    @Test
    void chunks_keep_their_order_and_none_is_left_out() {
        Form form = new Form("signed", true, List.of());
        byte[] body = new byte[3 * 131_072];
        Arrays.fill(body, 0, 131_072, (byte) 1);
        Sent sent = form.sent(body);
        int chunk = (sent.body().length - 1 - "0;chunk-signature=\r\n\r\n".length() - 64) / 3 + 1;
        byte[] first = Arrays.copyOfRange(sent.body(), 0, chunk);
        byte[] second = Arrays.copyOfRange(sent.body(), chunk, 2 * chunk);
        byte[] rest = Arrays.copyOfRange(sent.body(), 2 * chunk, sent.body().length);
        Verified verified = verified(sent);
        SentHeaders headers = sent.request().headers();
        assertThat(refused(verified, headers, first, second, rest)).isEqualTo("taken");
        assertThat(refused(verified, headers, second, first, rest)).isEqualTo("SignatureDoesNotMatch");
        assertThat(refused(verified, headers, first, rest)).isEqualTo("SignatureDoesNotMatch");
        assertThat(refused(verified, headers, first, first, rest)).isEqualTo("SignatureDoesNotMatch");
    }

    /** Unsigned frames around {@code data}, which anybody may write. */
    private static String unsigned(String body, Map<String, String> headers) {
        SentHeaders all = SentHeaders.of("x-amz-decoded-content-length", "4", "x-amz-trailer", "x-amz-checksum-crc32");
        for (Map.Entry<String, String> each : headers.entrySet()) {
            all = new SentHeaders(Stream.concat(
                            all.entries().stream().filter(one -> !one.getKey().equals(each.getKey())),
                            each.getValue().isEmpty() ? Stream.of() : Stream.of(each))
                    .toList());
        }
        Sent sent = new Form("unsigned", false, List.of(DefaultChecksumAlgorithm.CRC32)).sent(new byte[4]);
        Verified verified = new SignatureCheck(SdkSigner::known, new FakeClock(SdkSigner.NOW.toEpochMilli()))
                .check(SdkSigner.streamed(sent.request()))
                .orElseThrow();
        return refused(verified, all, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final String SUM = "x-amz-checksum-crc32:rfPzYw==\r\n";

    @Test
    void frames_may_be_written_in_several_ways() {
        assertThat(unsigned("4\r\ndata\r\n0\r\n" + SUM + "\r\n", Map.of())).isEqualTo("taken");
        assertThat(unsigned("1\r\nd\r\n3\r\nata\r\n0\r\n" + SUM + "\r\n", Map.of()))
                .isEqualTo("taken");
        assertThat(unsigned("0004\r\ndata\r\n000\r\n" + SUM + "\r\n", Map.of())).isEqualTo("taken");
        assertThat(unsigned("4\r\ndata\r\n0\r\n" + SUM, Map.of())).isEqualTo("taken");
        assertThat(unsigned("4\r\ndata\r\n0\r\nX-Amz-Checksum-Crc32: rfPzYw== \r\n\r\n", Map.of()))
                .isEqualTo("taken");
        assertThat(unsigned("4\r\ndata\r\n0\r\n\r\n", Map.of("x-amz-trailer", "")))
                .isEqualTo("taken");
        assertThat(unsigned(
                        "4\r\ndata\r\n0\r\nx-amz-checksum-crc64nvme:NEZ3MnL8VtY=\r\n\r\n",
                        Map.of("x-amz-trailer", "x-amz-checksum-crc64nvme")))
                .isIn("taken", "BadDigest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4\ndata\r\n0\r\n",
                "4\r\ndata0\r\n",
                "4\r\ndataX\r\n0\r\n",
                "4\r\ndata\r\n0;chunk-signature=00\r\n",
                "-4\r\ndata\r\n0\r\n",
                "0x4\r\ndata\r\n0\r\n",
                "\r\n4\r\ndata\r\n0\r\n",
                "4 \r\ndata\r\n0\r\n",
                "4\r\r\ndata\r\n0\r\n",
                "ffffffffffffffff\r\n",
                "fffffffffffffffffffffffffffffffff\r\n",
                "zz\r\n"
            })
    void frames_that_are_none_are_refused(String body) {
        assertThat(unsigned(body + SUM + "\r\n", Map.of())).isEqualTo("InvalidRequest");
    }

    @Test
    void lines_do_not_grow_without_end() {
        assertThat(unsigned("0".repeat(1_000_000), Map.of())).isEqualTo("InvalidRequest");
        assertThat(unsigned("4\r\ndata\r\n0\r\nx-amz-checksum-crc32:" + "a".repeat(1_000_000), Map.of()))
                .isEqualTo("InvalidRequest");
    }

    @Test
    void the_length_is_what_the_headers_say() {
        String body = "4\r\ndata\r\n0\r\n" + SUM + "\r\n";
        assertThat(unsigned(body, Map.of("x-amz-decoded-content-length", "3"))).isEqualTo("IncompleteBody");
        assertThat(unsigned(body, Map.of("x-amz-decoded-content-length", "5"))).isEqualTo("IncompleteBody");
        assertThat(unsigned(body, Map.of("x-amz-decoded-content-length", "-4"))).isEqualTo("InvalidArgument");
        assertThat(unsigned(body, Map.of("x-amz-decoded-content-length", ""))).isEqualTo("MissingContentLength");
        assertThat(unsigned("fffffffffffffff\r\ndata", Map.of())).isEqualTo("IncompleteBody");
    }

    @Test
    void the_trailer_is_what_the_headers_say() {
        String data = "4\r\ndata\r\n0\r\n";
        assertThat(unsigned(data + "\r\n", Map.of())).isEqualTo("MalformedTrailerError");
        assertThat(unsigned(data + SUM + SUM + "\r\n", Map.of())).isEqualTo("MalformedTrailerError");
        assertThat(unsigned(data + SUM + "x-amz-meta-a:b\r\n\r\n", Map.of())).isEqualTo("MalformedTrailerError");
        assertThat(unsigned(data + "no header\r\n\r\n", Map.of())).isEqualTo("MalformedTrailerError");
        assertThat(unsigned(data + "x-amz-checksum-crc32:AAAAAA==\r\n\r\n", Map.of()))
                .isEqualTo("BadDigest");
        assertThat(unsigned(data + "x-amz-checksum-crc32:AAAA\r\n\r\n", Map.of()))
                .isEqualTo("InvalidRequest");
        assertThat(unsigned(data + SUM + "\r\n", Map.of("x-amz-trailer", "x-amz-checksum-md4")))
                .isEqualTo("InvalidRequest");
        assertThat(unsigned(data + SUM + "\r\n", Map.of("x-amz-trailer", ""))).isEqualTo("MalformedTrailerError");
    }
}
