package io.slipway.wire.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole answer. Names of headers are in small letters. */
@SuppressWarnings("ArrayRecordComponent")
public record WireResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    private static final String CONTENT_TYPE = "content-type";

    public WireResponse {
        headers = List.copyOf(headers);
    }

    static WireResponse of(int status, String contentType, byte[] body) {
        return new WireResponse(status, List.of(Map.entry(CONTENT_TYPE, contentType)), body);
    }

    public static WireResponse of(int status, String contentType, CharSequence body) {
        return of(status, contentType, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public WireResponse with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new WireResponse(status, more, body);
    }

    public WireResponse withHeaders(List<Map.Entry<String, String>> others) {
        return new WireResponse(status, others, body);
    }

    public WireResponse withStatus(int other) {
        return new WireResponse(other, headers, body);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(each -> each.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
