package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.signature.ChecksumKind;
import io.slipway.wire.aws.signature.Refusal;
import io.slipway.wire.aws.signature.SentHeaders;
import io.slipway.wire.aws.signature.Verified;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the headers of a request say of its body: hashes and checksums (S3, checking object integrity). */
final class BodyChecks {
    private static final String CHECKSUM = "x-amz-checksum-";
    /** These say which checksum, and how it is meant, and are none. */
    private static final Set<String> NO_SUMS =
            Set.of("x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type");

    private static final int MD5_BYTES = 16;

    private final List<Check> checks = new ArrayList<>();

    private interface Check {
        void update(byte[] bytes, int from, int length);

        /** Throws unless it is what was said. */
        void finish();
    }

    /**
     * @param verified empty: nobody has signed
     * @param sums whether checksums in the headers are those of the body; they may be those of the whole object
     */
    BodyChecks(Optional<Verified> verified, SentHeaders headers, boolean sums) {
        verified.filter(each -> !each.payload().chunked()).ifPresent(this::hash);
        headers.first("content-md5").ifPresent(this::md5);
        if (sums) {
            checksums(headers);
        }
    }

    private void hash(Verified verified) {
        MessageDigest digest = digest("SHA-256");
        checks.add(new Check() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public void finish() {
                verified.requireBody(digest.digest());
            }
        });
    }

    private void md5(String said) {
        byte[] wanted;
        try {
            wanted = Base64.getDecoder().decode(said);
        } catch (IllegalArgumentException e) {
            wanted = new byte[0];
        }
        if (wanted.length != MD5_BYTES) {
            throw S3Errors.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        }
        byte[] expected = wanted;
        MessageDigest digest = digest("MD5");
        checks.add(new Check() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public void finish() {
                if (!MessageDigest.isEqual(expected, digest.digest())) {
                    throw Refusal.BAD_DIGEST.because("The Content-MD5 you specified did not match what we received.");
                }
            }
        });
    }

    private void checksums(SentHeaders headers) {
        List<Map.Entry<String, String>> sums = headers.entries().stream()
                .filter(each -> each.getKey().startsWith(CHECKSUM) && !NO_SUMS.contains(each.getKey()))
                .toList();
        if (sums.size() > 1) {
            throw S3Errors.invalidRequest(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        for (Map.Entry<String, String> each : sums) {
            ChecksumKind kind = ChecksumKind.ofHeader(each.getKey())
                    .orElseThrow(() -> S3Errors.invalidRequest("The header " + each.getKey() + " is not supported."));
            String said = each.getValue().strip();
            if (!kind.wellFormed(said)) {
                throw S3Errors.invalidRequest("Value for " + kind.header() + " header is invalid.");
            }
            checks.add(sum(kind, said));
        }
    }

    private static Check sum(ChecksumKind kind, String said) {
        ChecksumKind.Running running = kind.begin();
        return new Check() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                running.update(bytes, from, length);
            }

            @Override
            public void finish() {
                if (!running.value().equals(said)) {
                    throw Refusal.BAD_DIGEST.because(
                            "The " + kind + " you specified did not match the calculated checksum.");
                }
            }
        };
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    void update(byte[] bytes, int from, int length) {
        checks.forEach(each -> each.update(bytes, from, length));
    }

    void finish() {
        checks.forEach(Check::finish);
    }
}
