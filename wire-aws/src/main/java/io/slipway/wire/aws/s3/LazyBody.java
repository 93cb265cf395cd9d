package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.call.Answer;
import io.slipway.wire.aws.call.AwsRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A body that is asked for when it is first read: whoever is refused before that has not sent it. */
final class LazyBody extends InputStream {
    private final AwsRequest request;
    private final Answer answer;
    private Optional<InputStream> open = Optional.empty();

    LazyBody(AwsRequest request, Answer answer) {
        this.request = request;
        this.answer = answer;
    }

    private InputStream open() {
        if (open.isEmpty()) {
            answer.proceed();
            open = Optional.of(
                    request.hasBody() ? BodyStream.of(request.passage().http()) : InputStream.nullInputStream());
        }
        return open.get();
    }

    @Override
    public int read() throws IOException {
        return open().read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = open().read(into, from, length);
        if (count < 0) {
            answer.bodyIsThere();
        }
        return count;
    }

    /** Reads a short rest that comes anyway, so that the connection can be used again. */
    void drain(long longest) {
        long declared = request.passage().http().headers().contentLength();
        boolean comes = open.isPresent() || !request.expects();
        if (request.hasBody() && comes && declared >= 0 && declared <= longest) {
            try {
                long unused = transferTo(OutputStream.nullOutputStream());
            } catch (IOException | RuntimeException gone) {
                // The answer says so: the connection is closed behind it.
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
