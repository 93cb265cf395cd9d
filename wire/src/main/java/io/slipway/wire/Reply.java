package io.slipway.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A whole answer. Its body is bytes, so that a dialect may speak JSON, XML or anything else. */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
    private static final String JSON = "application/json; charset=utf-8";

    public static Reply json(int status, ObjectNode body) {
        return new Reply(status, JSON, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Reply ok(byte[] json) {
        return new Reply(200, JSON, Map.of(), json);
    }

    /** An error as {@code dialect} tells it; who shall come again later is told when. */
    public static Reply error(Dialect dialect, PlatformException error) {
        Reply plain = dialect.error(error);
        return error.retryAfter().map(plain::later).orElse(plain);
    }

    private Reply later(Duration wait) {
        Map<String, String> more = new HashMap<>(headers);
        more.put("retry-after", String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
        return new Reply(status, contentType, more, body);
    }

    /** The same words under another status. */
    public Reply withStatus(int other) {
        return new Reply(other, contentType, headers, body);
    }

    ResponseHeadersBuilder head() {
        ResponseHeadersBuilder builder =
                ResponseHeaders.builder(HttpStatus.valueOf(status)).add("content-type", contentType);
        headers.forEach(builder::add);
        return builder;
    }

    public HttpResponse response() {
        return HttpResponse.of(head().build(), data());
    }

    HttpData data() {
        return HttpData.wrap(body);
    }
}
