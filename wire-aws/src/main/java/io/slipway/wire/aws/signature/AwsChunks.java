package io.slipway.wire.aws.signature;

import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the frames off a body in {@code aws-chunked} form (S3, transferring payload in multiple chunks), in pieces of any size.
 *
 * <p>Bytes are handed on as they come: no chunk is ever held. Its signature comes before it and is checked behind it, and checksums
 * come last of all; so what was handed on counts only after {@link #finish}. Whoever stores it must be able to throw it away.
 *
 * <p>A frame is {@code <size in hexadecimal>[;chunk-signature=<signature>]}, an end of line, as many bytes, an end of line. One of no
 * bytes is the last; behind it come the lines of the trailer, if there is one, and an empty line.
 */
public final class AwsChunks {
    private static final int LONGEST_LINE = 4_096;
    private static final int MOST_TRAILERS = 16;
    private static final Pattern FRAME = Pattern.compile("([0-9a-fA-F]{1,15})(?:;chunk-signature=([0-9a-f]{64}))?");
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    /** Takes what was in the frames. */
    public interface Sink {
        void take(byte[] bytes, int from, int length);
    }

    /** What comes next. */
    private enum Expecting {
        FRAME,
        DATA,
        END_OF_DATA,
        TRAILER,
        NOTHING
    }

    private final ChunkSigner signer;
    private final boolean signed;
    private final boolean trailer;
    private final long decodedLength;
    private final Set<String> announced;
    private final Sink sink;
    private final Map<ChecksumKind, ChecksumKind.Running> sums = new EnumMap<>(ChecksumKind.class);
    private final Map<String, String> trailers = new LinkedHashMap<>();
    private final byte[] line = new byte[LONGEST_LINE];
    private final MessageDigest chunkHash = Signing.sha256();

    private Expecting expecting = Expecting.FRAME;
    private int lineLength;
    private long left;
    private boolean lastChunk;
    private long decoded;
    private String before;
    private String claimed = "";
    private Optional<String> trailerSignature = Optional.empty();

    /** For a request with such a payload. Throws unless its headers say how long the body is without its frames. */
    public AwsChunks(Verified request, SentHeaders headers, Sink sink) {
        Payload payload = request.payload();
        if (!payload.chunked()) {
            throw new IllegalArgumentException("the body has no frames");
        }
        this.signer = request.chunks();
        this.signed = payload.signedChunks();
        this.trailer = payload.trailer();
        this.decodedLength = decodedLength(headers);
        this.announced = trailer ? announced(headers) : Set.of();
        this.sink = sink;
        this.before = signer.seed();
        for (String name : announced) {
            ChecksumKind.ofHeader(name).ifPresent(kind -> sums.put(kind, kind.begin()));
        }
    }

    private static long decodedLength(SentHeaders headers) {
        String text = headers.first("x-amz-decoded-content-length")
                .orElseThrow(() -> Refusal.MISSING_CONTENT_LENGTH.because(
                        "You must provide the x-amz-decoded-content-length HTTP header."));
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.INVALID_ARGUMENT.because("x-amz-decoded-content-length is not a number.");
        }
        return Long.parseLong(text);
    }

    private static Set<String> announced(SentHeaders headers) {
        Set<String> names = new HashSet<>();
        for (String each : headers.all("x-amz-trailer")) {
            for (String name : each.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        for (String name : names) {
            if (ChecksumKind.ofHeader(name).isEmpty()) {
                throw Refusal.INVALID_REQUEST.because(
                        "The value specified in the x-amz-trailer header is not supported");
            }
        }
        return Set.copyOf(names);
    }

    public void feed(byte[] piece) {
        feed(piece, 0, piece.length);
    }

    public void feed(byte[] piece, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (expecting == Expecting.DATA) {
                int count = (int) Math.min(left, end - at);
                data(piece, at, count);
                at += count;
            } else {
                at = line(piece, at, end);
            }
        }
    }

    private void data(byte[] piece, int from, int count) {
        if (signed) {
            chunkHash.update(piece, from, count);
        }
        for (ChecksumKind.Running each : sums.values()) {
            each.update(piece, from, count);
        }
        sink.take(piece, from, count);
        left -= count;
        if (left == 0) {
            expecting = Expecting.END_OF_DATA;
        }
    }

    /** Gathers a line; tells where the next begins. */
    private int line(byte[] piece, int from, int end) {
        if (expecting == Expecting.NOTHING) {
            throw malformed("bytes come after the end");
        }
        for (int at = from; at < end; at++) {
            byte each = piece[at];
            if (each == '\n') {
                if (lineLength == 0 || line[lineLength - 1] != '\r') {
                    throw malformed("a line does not end with CR and LF");
                }
                String text = new String(line, 0, lineLength - 1, StandardCharsets.ISO_8859_1);
                lineLength = 0;
                lineIsThere(text);
                return at + 1;
            }
            if (lineLength == LONGEST_LINE || (expecting == Expecting.END_OF_DATA && lineLength > 1)) {
                throw malformed("a line is too long");
            }
            line[lineLength++] = each;
        }
        return end;
    }

    private void lineIsThere(String text) {
        if (text.indexOf('\r') >= 0) {
            throw malformed("a CR stands alone");
        }
        switch (expecting) {
            case FRAME -> frame(text);
            case END_OF_DATA -> {
                if (!text.isEmpty()) {
                    throw malformed("a chunk is longer than it says");
                }
                chunkIsThere();
                expecting = Expecting.FRAME;
            }
            case TRAILER -> trailer(text);
            case DATA, NOTHING -> throw new IllegalStateException("no line is expected");
        }
    }

    private void frame(String text) {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches() || signed != (frame.group(2) != null)) {
            throw malformed("a chunk does not begin as it should");
        }
        claimed = signed ? frame.group(2) : "";
        left = Long.parseLong(frame.group(1), 16);
        if (left > decodedLength - decoded) {
            throw otherLength();
        }
        decoded += left;
        lastChunk = left == 0;
        if (lastChunk) {
            chunkIsThere();
            expecting = Expecting.TRAILER;
        } else {
            expecting = Expecting.DATA;
        }
    }

    private void chunkIsThere() {
        if (signed) {
            String signature = signer.chunk(before, Signing.hex(chunkHash.digest()));
            if (!Signing.same(signature, claimed)) {
                throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(SignatureCheck.NO_MATCH);
            }
            before = signature;
        }
    }

    /** The empty line ends everything. */
    private void trailer(String text) {
        if (text.isEmpty()) {
            expecting = Expecting.NOTHING;
            return;
        }
        int colon = text.indexOf(':');
        if (!trailer || colon <= 0 || trailers.size() == MOST_TRAILERS || trailerSignature.isPresent()) {
            throw malformedTrailer();
        }
        String name = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = text.substring(colon + 1).strip();
        if (name.equals(TRAILER_SIGNATURE) && signed) {
            trailerSignature = Optional.of(value);
        } else if (!announced.contains(name) || trailers.put(name, value) != null) {
            throw malformedTrailer();
        }
    }

    /** The trailer. Throws unless everything has come, is as long as it should be, is signed, and has the checksums that it says. */
    public Map<String, String> finish() {
        if (expecting != Expecting.NOTHING && !endsWithoutEmptyLine()) {
            throw Refusal.INCOMPLETE_BODY.because("The request body terminated unexpectedly");
        }
        if (decoded != decodedLength) {
            throw otherLength();
        }
        if (!trailers.keySet().equals(announced)) {
            throw malformedTrailer();
        }
        if (signed && trailer && !trailers.isEmpty()) {
            checkTrailerSignature();
        }
        sums.forEach((kind, sum) -> {
            String said = trailers.getOrDefault(kind.header(), "");
            if (!kind.wellFormed(said)) {
                throw Refusal.INVALID_REQUEST.because("Value for " + kind.header() + " trailing header is invalid.");
            }
            if (!Signing.same(said, sum.value())) {
                throw Refusal.BAD_DIGEST.because(
                        "The " + kind + " you specified did not match the calculated checksum.");
            }
        });
        return Map.copyOf(trailers);
    }

    /** Some clients leave out the empty line behind a trailer; nothing can be missing there that is not missed otherwise. */
    private boolean endsWithoutEmptyLine() {
        return expecting == Expecting.TRAILER && lineLength == 0 && trailer && !trailers.isEmpty();
    }

    private void checkTrailerSignature() {
        StringBuilder text = new StringBuilder();
        trailers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        String signature = signer.trailer(before, text.toString());
        if (!Signing.same(signature, trailerSignature.orElse(""))) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(SignatureCheck.NO_MATCH);
        }
    }

    private static PlatformException malformed(String why) {
        return Refusal.INVALID_REQUEST.because("The body is not in the aws-chunked form: " + why + ".");
    }

    private static PlatformException malformedTrailer() {
        return Refusal.MALFORMED_TRAILER.because(
                "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    }

    private static PlatformException otherLength() {
        return Refusal.INCOMPLETE_BODY.because(
                "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.");
    }
}
