package io.slipway.content.dbfs;

import io.slipway.kit.WorkspaceId;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The root of each workspace, opened when it is first asked for. */
final class Roots {
    private final Function<WorkspaceId, Path> directories;
    private final Map<WorkspaceId, Root> known = new ConcurrentHashMap<>();

    Roots(Function<WorkspaceId, Path> directories) {
        this.directories = directories;
    }

    Root of(WorkspaceId workspace) {
        return known.computeIfAbsent(workspace, id -> new Root(directories.apply(id)));
    }
}
