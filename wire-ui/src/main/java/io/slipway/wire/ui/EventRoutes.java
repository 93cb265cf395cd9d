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
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Server-sent events: which cluster, job, run, path of the tree or table has changed, so that pages ask again only when they must. */
public final class EventRoutes {
    private static final Set<String> KINDS = Set.of("cluster", "job", "run", "tree", "catalog", "schema", "table");

    /** Of empty looks between two signs of life, about 15 s. */
    private static final int QUIET_LOOKS = 40;

    /** Of looks between two questions whether who came may still be here, about 5 s. */
    private static final int ALLOWED_LOOKS = 12;

    /** Doors by the kind of thing: they throw NOT_FOUND for what is not there and PERMISSION_DENIED for what a caller may not see. */
    public interface Sight {
        void look(Caller caller, String kind, String id);
    }

    /** Whether somebody may hear of a thing, and be told what it is called. */
    private enum Heard {
        NAMED,
        NAMELESS,
        NOT
    }

    private final ChangeFeed feed;
    private final Credentials credentials;
    private final Sight sight;

    public EventRoutes(ChangeFeed feed, Credentials credentials, Sight sight) {
        this.feed = feed;
        this.credentials = credentials;
        this.sight = sight;
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
        feed.add(new Following(request, writer));
        return writer;
    }

    /** One browser that follows; told by one thread at a time. */
    private final class Following implements ChangeFeed.Listener {
        private final Request request;
        private final HttpResponseWriter writer;
        private Caller caller;
        private int quiet;
        private int looks;

        Following(Request request, HttpResponseWriter writer) {
            this.request = request;
            this.writer = writer;
            this.caller = request.caller();
        }

        @Override
        public boolean hear(List<Event> news) {
            if (++looks % ALLOWED_LOOKS == 0) {
                Optional<Caller> now = allowed(request);
                if (now.isEmpty()) {
                    writer.close();
                    return false;
                }
                caller = now.get();
            }
            String text = text(caller, news);
            if (!text.isEmpty()) {
                return writer.tryWrite(HttpData.ofUtf8(text));
            }
            boolean signOfLife = ++quiet % QUIET_LOOKS == 0;
            return signOfLife ? writer.tryWrite(HttpData.ofUtf8(": still here\n\n")) : writer.isOpen();
        }
    }

    /** Who came, with the groups of now; empty: they may not be here any more. */
    private Optional<Caller> allowed(Request request) {
        try {
            return Optional.of(credentials.caller(request));
        } catch (PlatformException over) {
            return Optional.empty();
        }
    }

    private String text(Caller caller, List<Event> news) {
        StringBuilder text = new StringBuilder();
        for (Event event : news) {
            String kind = event.kind().substring(0, event.kind().indexOf('.'));
            if (KINDS.contains(kind)) {
                Heard heard = heard(caller, kind, event);
                if (heard != Heard.NOT) {
                    text.append("data: ").append(line(kind, event, heard)).append("\n\n");
                }
            }
        }
        return text.toString();
    }

    /** Of the caller's workspace, as far as they see it there, and what all workspaces share. */
    private Heard heard(Caller caller, String kind, Event event) {
        if (event.workspace().equals(WorkspaceId.ACCOUNT)) {
            return Heard.NAMED;
        }
        if (!event.workspace().equals(caller.workspace())) {
            return Heard.NOT;
        }
        if (caller.principals().contains(PrincipalId.ADMINS)) {
            return Heard.NAMED;
        }
        try {
            sight.look(caller, kind, event.subject());
            return Heard.NAMED;
        } catch (PlatformException e) {
            // Pages that show what has gone must learn of it.
            return e.code() == ErrorCode.NOT_FOUND ? Heard.NAMELESS : Heard.NOT;
        }
    }

    private static ObjectNode line(String kind, Event event, Heard heard) {
        ObjectNode line = WireJson.mapper().createObjectNode();
        line.put("kind", kind);
        line.put("id", event.subject());
        line.put("change", event.kind().substring(kind.length() + 1));
        JsonNode path = event.body().path("path");
        if (kind.equals("tree") && path.isTextual() && heard == Heard.NAMED) {
            line.put("path", path.asText());
        }
        return line;
    }
}
