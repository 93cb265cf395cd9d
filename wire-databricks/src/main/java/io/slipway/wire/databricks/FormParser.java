package io.slipway.wire.databricks;

import com.linecorp.armeria.common.ContentDisposition;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a multipart form (RFC 2046, 5.1) apart as its bytes arrive, in whatever pieces: a delimiter may be spread over several of them. The
 * library's own parser loses the delimiter when a piece ends within a few bytes of it, and networks cut where they like. Keeps no more in
 * memory than the head of a part and the last bytes, which may be the beginning of a delimiter.
 */
public final class FormParser {
    /** What is in a form, in its order. */
    public interface Parts {
        void begin(ContentDisposition disposition);

        void data(byte[] piece);

        void end();
    }

    private enum Place {
        PREAMBLE,
        HEAD,
        BODY,
        EPILOGUE
    }

    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int LONGEST_HEAD = 16 << 10;

    private final byte[] delimiter;
    private final Parts parts;
    private Place place = Place.PREAMBLE;

    /** The first delimiter may stand at the very beginning, without the line end that belongs to it. */
    private byte[] rest = LINE;

    /** @param boundary what stands between the parts */
    public FormParser(String boundary, Parts parts) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.parts = parts;
    }

    /** @throws PlatformException MALFORMED_REQUEST if the request does not say what stands between the parts of its form */
    public static String boundary(Request request) {
        return Optional.ofNullable(request.http().contentType())
                .map(type -> type.parameters().getOrDefault("boundary", List.of()))
                .flatMap(found -> found.stream().findFirst())
                .filter(found -> !found.isBlank())
                .orElseThrow(FormParser::malformed);
    }

    public void take(byte[] piece) {
        byte[] all = Arrays.copyOf(rest, rest.length + piece.length);
        System.arraycopy(piece, 0, all, rest.length, piece.length);
        int from = 0;
        int next = 0;
        while (next >= 0) {
            from = next;
            next = step(all, from);
        }
        rest = keep(all, from);
    }

    /** Nothing comes any more. */
    public void finish() {
        if (place != Place.EPILOGUE) {
            throw malformed();
        }
    }

    /** One step through {@code all}; -1 if more must come before the next. */
    private int step(byte[] all, int from) {
        return switch (place) {
            case HEAD -> head(all, from);
            case PREAMBLE, BODY -> text(all, from);
            case EPILOGUE -> -1;
        };
    }

    private int head(byte[] all, int from) {
        // From the line end behind the delimiter on: a head may be empty.
        int end = find(END_OF_HEAD, all, from);
        if ((end < 0 ? all.length : end) - from > LONGEST_HEAD) {
            throw malformed();
        }
        if (end < 0) {
            return -1;
        }
        parts.begin(disposition(new String(all, from, end - from, StandardCharsets.UTF_8)));
        place = Place.BODY;
        return end + END_OF_HEAD.length;
    }

    private int text(byte[] all, int from) {
        int at = find(delimiter, all, from);
        int behind = at + delimiter.length;
        if (at < 0 || behind + 2 > all.length) {
            return -1;
        }
        boolean last = all[behind] == '-' && all[behind + 1] == '-';
        boolean another = all[behind] == '\r' && all[behind + 1] == '\n';
        if (!last && !another) {
            data(all, from, at + 1);
            return at + 1;
        }
        data(all, from, at);
        if (place == Place.BODY) {
            parts.end();
        }
        place = last ? Place.EPILOGUE : Place.HEAD;
        return behind;
    }

    /** Hands on what cannot be the beginning of a delimiter, and keeps the rest for the next piece. */
    private byte[] keep(byte[] all, int from) {
        int kept = place == Place.EPILOGUE ? all.length : from;
        if (place == Place.PREAMBLE || place == Place.BODY) {
            int at = find(delimiter, all, from);
            kept = at >= 0 ? at : Math.max(from, all.length - delimiter.length + 1);
            data(all, from, kept);
        }
        return Arrays.copyOfRange(all, kept, all.length);
    }

    private void data(byte[] all, int from, int to) {
        if (place == Place.BODY && to > from) {
            parts.data(Arrays.copyOfRange(all, from, to));
        }
    }

    private static ContentDisposition disposition(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .map(line -> ContentDisposition.parse(
                        line.substring(line.indexOf(':') + 1).strip()))
                .orElseThrow(FormParser::malformed);
    }

    private static int find(byte[] wanted, byte[] all, int from) {
        int last = all.length - wanted.length;
        for (int at = from; at <= last; at++) {
            if (all[at] == wanted[0] && Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static PlatformException malformed() {
        return new PlatformException(ErrorCode.MALFORMED_REQUEST, "The multipart form cannot be read.");
    }
}
