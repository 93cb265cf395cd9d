package io.slipway.server;

import io.slipway.platform.identity.Caller;
import io.slipway.platform.job.TaskPlan;
import io.slipway.platform.storage.Dbfs;
import io.slipway.platform.workspace.Notebook;
import io.slipway.platform.workspace.Workspaces;
import java.io.ByteArrayOutputStream;

/** Notebooks and files of tasks come from the workspace, or from DBFS by their scheme. */
final class WorkspaceSources implements TaskPlan.Sources {
    private final Workspaces workspaces;
    private final Dbfs dbfs;

    WorkspaceSources(Workspaces workspaces, Dbfs dbfs) {
        this.workspaces = workspaces;
        this.dbfs = dbfs;
    }

    @Override
    public Notebook notebook(Caller caller, String path) {
        return workspaces.notebook(caller, path);
    }

    @Override
    public byte[] file(Caller caller, String path) {
        return path.startsWith("dbfs:") ? whole(caller, path) : workspaces.file(caller, path);
    }

    private byte[] whole(Caller caller, String path) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            byte[] piece = dbfs.read(caller, path, content.size(), Dbfs.LARGEST_BLOCK);
            if (piece.length == 0) {
                return content.toByteArray();
            }
            content.writeBytes(piece);
        }
    }
}
