package io.slipway.wire.aws.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumKindTest {
    /** Check values of the catalogue of CRCs; of the digests, those that the JDK gives. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void the_nine_digits_have_the_sum_that_everybody_knows(ChecksumKind kind, String hex) {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        ChecksumKind.Running sum = kind.begin();
        sum.update(digits, 0, digits.length);
        String value = sum.value();
        assertThat(value)
                .isEqualTo(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)));
        assertThat(kind.wellFormed(value)).isTrue();
        assertThat(kind.wellFormed("AAAA" + value)).isFalse();
        assertThat(kind.wellFormed("?")).isFalse();
        assertThat(ChecksumKind.ofHeader(kind.header())).contains(kind);
    }

    @ParameterizedTest
    @EnumSource(ChecksumKind.class)
    void bytes_may_come_in_any_pieces(ChecksumKind kind) {
        Random random = new Random(3);
        byte[] bytes = new byte[1_000];
        random.nextBytes(bytes);
        ChecksumKind.Running whole = kind.begin();
        whole.update(bytes, 0, bytes.length);
        String expected = whole.value();
        for (int i = 0; i < 50; i++) {
            ChecksumKind.Running pieces = kind.begin();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(40));
                pieces.update(bytes, at, length);
                at += length;
            }
            assertThat(pieces.value()).isEqualTo(expected);
        }
    }

    @Test
    void unknown_headers_are_no_checksums() {
        assertThat(ChecksumKind.ofHeader("x-amz-checksum-md4")).isEmpty();
    }
}
