package io.slipway.wire.aws.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.testing.FakeClock;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints how much time of the processor checks take; judges nothing but their outcome. */
@Tag("soak")
class SignatureSpeedTest {
    private static final int ROUNDS = 5;

    private final SignatureCheck check =
            new SignatureCheck(SdkSigner::known, new FakeClock(SdkSigner.NOW.toEpochMilli()));

    @Test
    void many_signatures_are_checked() {
        SentRequest request = SdkSigner.sign(
                        SdkSigner.request(
                                        "GET",
                                        "https://s3.example.com/bucket/some/longer/key%20with%20blanks?versionId=abc")
                                .appendHeader("x-amz-meta-one", "value")
                                .build(),
                        new byte[0],
                        SdkSigner.session(),
                        SdkSigner.of("s3"))
                .request();
        for (int round = 0; round < ROUNDS; round++) {
            int believed = 0;
            long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < 20_000; i++) {
                believed += check.check(request).isPresent() ? 1 : 0;
            }
            System.out.printf(
                    "one signature: %.1f microseconds%n",
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e3 / 20_000);
            assertThat(believed).isEqualTo(20_000);
        }
    }

    @Test
    void every_checksum_is_computed() {
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        for (int round = 0; round < ROUNDS; round++) {
            for (ChecksumKind kind : ChecksumKind.values()) {
                ChecksumKind.Running sum = kind.begin();
                long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int i = 0; i < 50; i++) {
                    sum.update(bytes, 0, bytes.length);
                }
                double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
                System.out.printf("%s: %.0f MB a second%n", kind, 50 * 1.048576 / seconds);
                assertThat(kind.wellFormed(sum.value())).isTrue();
            }
        }
    }
}
