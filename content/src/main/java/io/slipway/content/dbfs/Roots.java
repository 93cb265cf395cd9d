package io.slipway.content.dbfs;

import io.slipway.kit.WorkspaceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The root of each workspace, opened when it is first asked for. */
final class Roots {
    private final Function<WorkspaceId, Root> opening;
    private final Map<WorkspaceId, Root> known = new ConcurrentHashMap<>();

    Roots(Function<WorkspaceId, Root> opening) {
        this.opening = opening;
    }

    Root of(WorkspaceId workspace) {
        return known.computeIfAbsent(workspace, opening);
    }
}
