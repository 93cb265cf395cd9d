package io.slipway.wire.ui.notebook;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.websocket.WebSocketService;
import io.netty.util.AttributeKey;
import io.slipway.content.notebook.NotebookFeed;
import io.slipway.content.notebook.NotebookRuns;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.Suggestions;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.identity.Right;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Timer;
import io.slipway.wire.CallLog;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.ui.Cookies;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /ui-api/notebooks/{object id or path}/ws}: the WebSocket of a browser tab that has a notebook open. */
public final class NotebookSockets {
    private static final Logger log = LoggerFactory.getLogger(NotebookSockets.class);

    /** A cell's text is at most 6 MB, and JSON makes it longer. */
    private static final int LARGEST_FRAME = 16 << 20;

    private static final AttributeKey<Opening> OPENING = AttributeKey.valueOf(NotebookSockets.class, "opening");

    /** How long a socket outlives the session or the token that opened it. */
    private static final Duration ALLOWED = Duration.ofSeconds(5);

    /** @param rights what the caller may do with the notebook */
    private record Opening(Caller caller, TreeObject notebook, Set<Right> rights, FrameLog said) {}

    /**
     * Where it is written down what is said.
     *
     * @param code whether the text of cells is too
     */
    public record Log(CallLog calls, Predicate<Caller> code) {
        public static final Log NONE = new Log(CallLog.NONE, caller -> false);
    }

    private final Conversation.Rooms rooms;
    private final Credentials credentials;
    private final Log calls;
    private final Ids ids;
    private final Timer timer;

    public NotebookSockets(
            Notebooks notebooks,
            NotebookRuns runs,
            Suggestions suggestions,
            NotebookFeed feed,
            Credentials credentials,
            Log calls,
            Ids ids,
            Timer timer) {
        this.rooms = new Conversation.Rooms(notebooks, runs, suggestions, feed);
        this.credentials = credentials;
        this.calls = calls;
        this.ids = ids;
        this.timer = timer;
    }

    /** Before anything that answers all of {@code /ui-api/}. */
    public void install(ServerBuilder server) {
        WebSocketService sockets = WebSocketService.builder(this::open)
                .maxFramePayloadLength(LARGEST_FRAME)
                .aggregateContinuation(true)
                // Where a browser comes from is looked at with its session; programs say nothing of it.
                .allowedOrigins("*")
                .build();
        server.route()
                .methods(HttpMethod.GET, HttpMethod.CONNECT)
                .path("/ui-api/notebooks/{id}/ws")
                .requestTimeoutMillis(0)
                .maxRequestLength(0)
                .build(new Guard(sockets));
    }

    /** Asks who comes and what for before the connection becomes a socket. */
    private final class Guard extends SimpleDecoratingHttpService {
        Guard(HttpService sockets) {
            super(sockets);
        }

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
            return HttpResponse.of(CompletableFuture.supplyAsync(
                    () -> {
                        FrameLog said = new FrameLog(calls.calls(), ids, Request.head(context, request));
                        try {
                            context.setAttr(OPENING, opening(said));
                            return ((HttpService) unwrap()).serve(context, request);
                        } catch (PlatformException e) {
                            return said.refused(e).response();
                        } catch (Exception e) {
                            return HttpResponse.ofFailure(e);
                        }
                    },
                    context.blockingTaskExecutor()));
        }
    }

    private Opening opening(FrameLog said) {
        Request request = said.request();
        RequestHeaders headers = request.headers();
        boolean browser =
                !headers.contains("authorization") && Cookies.session(request).isPresent();
        if (browser && !headers.contains("origin")) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED, "A session opens sockets from its own pages only.");
        }
        Caller caller = credentials.caller(request);
        said.by(caller);
        TreeObject notebook = rooms.notebooks().open(caller, request.path("id"));
        said.opened();
        return new Opening(caller, notebook, rooms.notebooks().rights(caller, notebook.id()), said);
    }

    private WebSocket open(ServiceRequestContext context, WebSocket incoming) {
        Opening opening = context.attr(OPENING);
        if (opening == null) {
            throw new IllegalStateException("nobody was let in");
        }
        Executor blocking = context.blockingTaskExecutor();
        WebSocketWriter writer = WebSocket.streaming();
        Tab tab = new Tab(writer);
        Conversation conversation = new Conversation(
                rooms,
                opening.caller(),
                opening.notebook(),
                new Conversation.Here(ids.text(12), opening.said(), calls.code().test(opening.caller())),
                tab,
                blocking);
        tab.whenReadyAgain(conversation::resume);
        incoming.subscribe(new Hearing(conversation, writer, blocking));
        askLater(Request.head(context, context.request()), opening, tab, blocking);
        return writer;
    }

    /** Asks again and again whether who came may still be here. */
    private void askLater(Request request, Opening opening, Tab tab, Executor blocking) {
        timer.after(ALLOWED, () -> {
            try {
                blocking.execute(() -> ask(request, opening, tab, blocking));
            } catch (RejectedExecutionException stopping) {
                tab.end("");
            }
        });
    }

    private void ask(Request request, Opening opening, Tab tab, Executor blocking) {
        if (!tab.open()) {
            return;
        }
        try {
            Caller now = credentials.caller(request);
            if (!rooms.notebooks().rights(now, opening.notebook().id()).equals(opening.rights())) {
                // Who comes again is told what they may do now.
                tab.end("");
                return;
            }
        } catch (PlatformException e) {
            tab.end(e.message());
            return;
        } catch (RuntimeException e) {
            // Who cannot be asked about now is asked about again: a socket must not escape by it.
            log.warn("nobody knows whether a socket may stay; asking again", e);
        }
        askLater(request, opening, tab, blocking);
    }
}
