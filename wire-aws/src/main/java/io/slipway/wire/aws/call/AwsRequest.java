package io.slipway.wire.aws.call;

import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.wire.Detour;
import io.slipway.wire.Passage;
import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.signature.SentHeaders;
import io.slipway.wire.aws.signature.SentRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose body has not been read.
 *
 * @param rawPath as it was sent
 * @param rawQuery as it was sent; empty if there is none
 * @param expects whether the client waits for a word before it sends the body
 */
public record AwsRequest(
        Passage passage, String method, String rawPath, String rawQuery, SentHeaders headers, boolean expects) {

    public static AwsRequest of(Passage passage, Detour.Sent sent) {
        RequestHeaders head = passage.http().headers();
        int question = sent.target().indexOf('?');
        return new AwsRequest(
                passage,
                head.method().name(),
                question < 0 ? sent.target() : sent.target().substring(0, question),
                question < 0 ? "" : sent.target().substring(question + 1),
                headers(head, sent.expects()),
                sent.expects());
    }

    private static SentHeaders headers(RequestHeaders head, boolean expects) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        head.forEach((name, value) -> {
            String text = name.toString();
            if (text.equals(":authority")) {
                entries.add(Map.entry("host", value));
            } else if (!text.startsWith(":") && !Detour.added(text)) {
                entries.add(Map.entry(text, utf8(value)));
            }
        });
        if (expects) {
            entries.add(Map.entry("expect", "100-continue"));
        }
        return new SentHeaders(entries);
    }

    /** Headers come as bytes; clients that send more than ASCII mean UTF-8. */
    private static String utf8(String value) {
        if (value.chars().allMatch(each -> each < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    public Parameters query() {
        return Parameters.of(rawQuery);
    }

    /** The host without its port, in small letters. */
    public String host() {
        return header("host").orElse("").replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    /** @param bodyHash empty while the body is still coming */
    public SentRequest signed(Optional<String> bodyHash) {
        return new SentRequest(method, rawPath, rawQuery, headers, bodyHash);
    }

    /** Whether there is a body, or may be one. */
    public boolean hasBody() {
        return !passage.http().isEmpty();
    }
}
