package io.slipway.wire.ui;

import io.slipway.identity.BrowserSessions;
import io.slipway.identity.Caller;
import io.slipway.identity.workspace.Workspace;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Request;
import java.util.List;

/** The workspaces that somebody is in, and going from one to another. */
public final class WorkspaceRoutes {
    private final Workspaces workspaces;
    private final BrowserSessions sessions;
    private final Addressing addressing;

    public WorkspaceRoutes(Workspaces workspaces, BrowserSessions sessions, Addressing addressing) {
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.addressing = addressing;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api").get("/workspaces", this::list).put("/session/workspace", this::move);
    }

    /** @param url its own address, where that can be reached */
    record Shown(long id, String name, String url) {}

    record Listed(List<Shown> workspaces) {}

    private Object list(Request request) {
        return new Listed(workspaces.of(request.caller()).stream()
                .map(each -> shown(request, each))
                .toList());
    }

    private Shown shown(Request request, Workspace workspace) {
        return new Shown(workspace.id().number(), workspace.name(), addressing.url(request, workspace.deployment()));
    }

    record Asked(long workspaceId) {}

    /** From now on the browser's session is in that workspace, where a request names none. */
    private Object move(Request request) {
        String secret = Cookies.session(request)
                .orElseThrow(() -> PlatformException.invalid("Only sessions of browsers go to another workspace."));
        Caller there =
                sessions.move(secret, new WorkspaceId(request.body(Asked.class).workspaceId()));
        return new Asked(there.workspace().number());
    }
}
