package io.slipway.object.version;

import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.blob.Received;
import io.slipway.object.fault.S3Fault;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * What a request says its bytes sum up to.
 *
 * @param algorithm which the object is to have; empty: the sender does not mind
 */
public record Claimed(Optional<ChecksumAlgorithm> algorithm, Optional<String> value, Optional<String> md5) {
    public static Claimed of(S3Request request) {
        List<ChecksumAlgorithm> sent = Arrays.stream(ChecksumAlgorithm.values())
                .filter(each -> Fields.text(request, Fields.name(each)).isPresent())
                .toList();
        if (sent.size() > 1) {
            throw S3Fault.invalidRequest(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        Optional<ChecksumAlgorithm> named =
                Fields.text(request, "ChecksumAlgorithm").map(Claimed::algorithm);
        Optional<ChecksumAlgorithm> algorithm = sent.stream().findFirst().or(() -> named);
        if (named.isPresent() && !named.equals(algorithm)) {
            throw S3Fault.invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
        Optional<String> value = sent.stream().findFirst().flatMap(each -> Fields.text(request, Fields.name(each)));
        value.ifPresent(text -> checkForm(algorithm.orElseThrow(), text));
        return new Claimed(algorithm, value, Fields.text(request, "ContentMD5").map(Claimed::md5));
    }

    public static ChecksumAlgorithm algorithm(String name) {
        return ChecksumAlgorithm.of(name)
                .orElseThrow(() -> S3Fault.invalidRequest("Checksum algorithm provided is unsupported. Please try again"
                        + " with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    }

    private static void checkForm(ChecksumAlgorithm algorithm, String value) {
        if (length(value) != algorithm.length()) {
            throw S3Fault.invalidRequest(
                    "Value for x-amz-checksum-" + algorithm.name().toLowerCase(Locale.ROOT) + " header is invalid.");
        }
    }

    private static int length(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private static String md5(String value) {
        if (length(value) != 16) {
            throw S3Fault.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
                    .with("Content-MD5", value)
                    .exception();
        }
        return value;
    }

    /** @param otherwise which the object gets if the sender does not mind */
    public Set<ChecksumAlgorithm> wanted(ChecksumAlgorithm otherwise) {
        return Set.of(algorithm.orElse(otherwise));
    }

    /** The checksum of what has come. Throws BadDigest if that is not what the sender says. */
    public Checksum checked(Received received, ChecksumAlgorithm otherwise) {
        String came = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(received.md5()));
        if (md5.filter(said -> !said.equals(came)).isPresent()) {
            throw S3Fault.of(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
                    .with(
                            "ExpectedDigest",
                            HexFormat.of().formatHex(Base64.getDecoder().decode(md5.get())))
                    .with("CalculatedDigest", came)
                    .exception();
        }
        ChecksumAlgorithm used = algorithm.orElse(otherwise);
        Checksum checksum = received.checksums().get(used);
        if (checksum == null) {
            throw new IllegalStateException("not summed up: " + used);
        }
        if (value.filter(said -> !said.equals(checksum.value())).isPresent()) {
            throw S3Fault.of(400, "BadDigest", "The " + used + " you specified did not match the calculated checksum.")
                    .exception();
        }
        return checksum;
    }
}
