package io.slipway.wire.aws.call;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.slipway.wire.aws.protocol.WireResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer that is not there yet, to a client that may wait for a word before it sends the body. Who is refused before that word has not
 * sent anything: the connection is closed, since nobody knows whether the body comes all the same.
 */
public final class Answer {
    /** How long a client may read nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpResponseWriter out = HttpResponse.streaming();
    private final boolean hasBody;
    private final boolean expects;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean wholeBody;
    private volatile boolean begun;

    public Answer(AwsRequest request) {
        this.hasBody = request.hasBody();
        this.expects = request.expects();
    }

    public HttpResponse response() {
        return out;
    }

    /** The body is wanted. Has to be said before it is read. */
    public void proceed() {
        if (asked.compareAndSet(false, true) && expects) {
            boolean unused = out.tryWrite(ResponseHeaders.of(HttpStatus.CONTINUE));
        }
    }

    /** The body has been read to its end. */
    public void bodyIsThere() {
        wholeBody = true;
    }

    /** Nothing has been answered, and all is whole. */
    public void tell(WireResponse answer, boolean bodyless) {
        ResponseHeadersBuilder head = head(answer);
        if (!bodyless) {
            head.contentLength(answer.body().length);
        }
        begin(head);
        if (!bodyless && answer.body().length > 0) {
            boolean unused = out.tryWrite(HttpData.wrap(answer.body()));
        }
        out.close();
    }

    private static ResponseHeadersBuilder head(WireResponse answer) {
        ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.valueOf(answer.status()));
        answer.headers().forEach(each -> head.add(each.getKey(), each.getValue()));
        return head;
    }

    /** The head of an answer whose body follows in pieces. */
    public void begin(WireResponse head) {
        begin(head(head));
    }

    private void begin(ResponseHeadersBuilder head) {
        begun = true;
        if (hasBody && !wholeBody) {
            head.set(HttpHeaderNames.CONNECTION, "close");
        }
        boolean unused = out.tryWrite(head.build());
    }

    /** A piece of the body. Waits until there is room for it; throws if the client has gone. */
    public void write(byte[] bytes, int length) {
        HttpData data = HttpData.copyOf(bytes, 0, length);
        if (!out.tryWrite(data)) {
            throw new IllegalStateException("the client has gone");
        }
        out.whenConsumed().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public void end() {
        out.close();
    }

    /** The answer has begun, and cannot be ended as it should. */
    public void breakOff(Throwable why) {
        out.close(why);
    }

    public boolean begun() {
        return begun;
    }
}
