package io.slipway.wire.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Server-sent events: which cluster, job, run, path of the tree or table has changed, so that pages ask again only when they must. */
public final class EventRoutes {
    private static final Set<String> KINDS = Set.of("cluster", "job", "run", "tree", "catalog", "schema", "table");

    /** Of empty looks between two signs of life, about 15 s. */
    private static final int QUIET_LOOKS = 40;

    /** Of looks between two questions whether who came may still be here, about 5 s. */
    private static final int ALLOWED_LOOKS = 12;

    private final ChangeFeed feed;
    private final Credentials credentials;

    public EventRoutes(ChangeFeed feed, Credentials credentials) {
        this.feed = feed;
        this.credentials = credentials;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api").follow(HttpMethod.GET, "/events", this::follow);
    }

    private Object follow(Request request) {
        request.context().clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        writer.write(HttpData.ofUtf8(": here\n\n"));
        AtomicInteger quiet = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        feed.add(news -> {
            if (looks.incrementAndGet() % ALLOWED_LOOKS == 0 && !allowed(request)) {
                writer.close();
                return false;
            }
            String text = text(visible(request.caller(), news));
            if (!text.isEmpty()) {
                return writer.tryWrite(HttpData.ofUtf8(text));
            }
            boolean signOfLife = quiet.incrementAndGet() % QUIET_LOOKS == 0;
            return signOfLife ? writer.tryWrite(HttpData.ofUtf8(": still here\n\n")) : writer.isOpen();
        });
        return writer;
    }

    private boolean allowed(Request request) {
        try {
            Caller unused = credentials.caller(request);
            return true;
        } catch (PlatformException over) {
            return false;
        }
    }

    /** Of the caller's workspace, and what all workspaces share. */
    private static List<Event> visible(Caller caller, List<Event> news) {
        return news.stream()
                .filter(event -> event.workspace().equals(caller.workspace())
                        || event.workspace().equals(WorkspaceId.ACCOUNT))
                .toList();
    }

    private static String text(List<Event> news) {
        StringBuilder text = new StringBuilder();
        for (Event event : news) {
            String kind = event.kind().substring(0, event.kind().indexOf('.'));
            if (KINDS.contains(kind)) {
                text.append("data: ").append(line(kind, event)).append("\n\n");
            }
        }
        return text.toString();
    }

    private static ObjectNode line(String kind, Event event) {
        ObjectNode line = WireJson.mapper().createObjectNode();
        line.put("kind", kind);
        line.put("id", event.subject());
        line.put("change", event.kind().substring(kind.length() + 1));
        JsonNode path = event.body().path("path");
        if (kind.equals("tree") && path.isTextual()) {
            line.put("path", path.asText());
        }
        return line;
    }
}
