package io.slipway.wire;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListener;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Counts the answers that are being made, so that the end of a server waits for them and for nothing else. The library can wait too, but
 * then waits a second for connections that are idle.
 */
final class Answering {
    /** Whoever is still not answered then may ask again. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final CompletableFuture<Boolean> none = new CompletableFuture<>();
    private int count;
    private boolean ending;

    /** The end of this server waits for the answers, before a connection is closed. */
    void install(ServerBuilder server) {
        server.serverListener(
                ServerListener.builder().whenStopping(stopping -> end().join()).build());
    }

    HttpResponse serve(ServiceRequestContext context, HttpRequest request, HttpService service) throws Exception {
        begin();
        var unused = context.log().whenComplete().thenRun(this::done);
        return service.serve(context, request);
    }

    private synchronized void begin() {
        if (ending) {
            throw new PlatformException(ErrorCode.UNAVAILABLE, "The server is ending. Try again in a moment.");
        }
        count++;
    }

    private synchronized void done() {
        count--;
        look();
    }

    private synchronized CompletableFuture<Boolean> end() {
        ending = true;
        look();
        return none.completeOnTimeout(false, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (ending && count == 0) {
            none.complete(true);
        }
    }
}
