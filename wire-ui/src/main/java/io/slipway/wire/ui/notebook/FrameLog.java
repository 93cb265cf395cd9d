package io.slipway.wire.ui.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import io.slipway.identity.Caller;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Call;
import io.slipway.wire.CallLog;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Reply;
import io.slipway.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the log of calls what a browser tab asks through its socket: that it opens a notebook and closes it, and each frame that runs or
 * changes something. Typing is told once, when it begins; revisions say more of it.
 */
final class FrameLog {
    private static final String OPENING = "GET /ui-api/notebooks/{id}/ws";
    private static final Set<String> TOLD =
            Set.of("run", "cancel", "attach", "detach", "restart", "save", "restore", "widget", "op");

    /** How somebody looks at a notebook, which changes nothing that others rely upon. */
    private static final Set<String> LOOKS = Set.of("view", "collapse");

    private static final CallLog.Open NOTHING = ending -> {};

    private final CallLog calls;
    private final Ids ids;
    private volatile Request request;
    private boolean edited;

    FrameLog(CallLog calls, Ids ids, Request head) {
        this.calls = calls;
        this.ids = ids;
        this.request = head;
    }

    Request request() {
        return request;
    }

    void by(Caller caller) {
        request = new Request(caller, request.context(), request.http(), HttpData.empty());
    }

    void opened() {
        calls.begin(new Call(ids.uuid(), OPENING, request)).end(ending(request.caller(), 101, Optional.empty()));
    }

    /** The answer to somebody who may not open it. */
    Reply refused(PlatformException why) {
        Reply reply = PlainDialect.PLAIN.error(why);
        String id = ids.uuid();
        calls.refused(new Call(id, OPENING, request), ending(request.caller(), reply.status(), Optional.of(why)));
        return new Reply(reply.status(), reply.contentType(), Map.of("x-request-id", id), reply.body());
    }

    /**
     * Before a frame is taken.
     *
     * @param code of the cells that it runs, if that may be told
     */
    CallLog.Open begin(JsonNode frame, List<String> code) {
        String type = frame.path("type").asText();
        if (type.equals("push")) {
            if (edited) {
                return NOTHING;
            }
            edited = true;
            return calls.begin(call("edit", frame.deepCopy()));
        }
        if (!TOLD.contains(type) || LOOKS.contains(frame.path("op").asText())) {
            return NOTHING;
        }
        JsonNode copy = frame.deepCopy();
        if (copy instanceof ObjectNode told && !code.isEmpty()) {
            told.put("command", String.join("\n", code));
        }
        return calls.begin(call(type, copy));
    }

    private Call call(String type, JsonNode frame) {
        if (frame instanceof ObjectNode told) {
            told.remove(List.of("type", "re", "changes", "outputs", "views"));
        }
        return new Call(
                ids.uuid(),
                "FRAME " + type,
                new Request(request.caller(), request.context(), request.http(), HttpData.ofUtf8(frame.toString())));
    }

    void closed() {
        try {
            calls.begin(new Call(ids.uuid(), "FRAME close", request))
                    .end(ending(request.caller(), 200, Optional.empty()));
        } catch (PlatformException unwritten) {
            // A tab that has gone cannot be kept.
        }
    }

    static void done(CallLog.Open open, Caller caller) {
        open.end(ending(caller, 200, Optional.empty()));
    }

    static void failed(CallLog.Open open, Caller caller, PlatformException why) {
        open.end(ending(caller, PlainDialect.status(why.code()), Optional.of(why)));
    }

    private static CallLog.Ending ending(Caller caller, int status, Optional<PlatformException> error) {
        return new CallLog.Ending(caller, status, error, Map.of(), HttpData.empty());
    }
}
