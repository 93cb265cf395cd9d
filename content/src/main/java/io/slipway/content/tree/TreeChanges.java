package io.slipway.content.tree;

import io.slipway.kit.Clock;
import io.slipway.kit.WorkspaceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where somebody may have changed something on the disk, gathered until it is looked at. Losing it loses nothing: a start looks at
 * everything.
 */
final class TreeChanges {
    /** Programs that write much come to rest between two writes; then one look sees them all. */
    private static final Duration REST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofMillis(700);

    /** So many names of a folder are looked at by themselves. */
    private static final int MANY = 200;

    /**
     * @param names what changed in folders, by folder
     * @param whole folders to look at with all that is below them
     */
    record Found(Map<TreePath, Set<String>> names, Set<TreePath> whole) {
        boolean isEmpty() {
            return names.isEmpty() && whole.isEmpty();
        }
    }

    private static final class Gathering {
        final Map<TreePath, Set<String>> names = new HashMap<>();
        final Set<TreePath> whole = new HashSet<>();
        long first;
        long last;
    }

    private final Clock clock;
    private final Map<WorkspaceId, Gathering> byWorkspace = new HashMap<>();

    TreeChanges(Clock clock) {
        this.clock = clock;
    }

    synchronized void name(WorkspaceId workspace, TreePath folder, String name) {
        Gathering gathering = gathering(workspace);
        Set<String> names = gathering.names.computeIfAbsent(folder, unused -> new HashSet<>());
        names.add(name);
        if (names.size() > MANY) {
            gathering.names.remove(folder);
            gathering.whole.add(folder);
        }
    }

    synchronized void whole(WorkspaceId workspace, TreePath folder) {
        gathering(workspace).whole.add(folder);
    }

    private Gathering gathering(WorkspaceId workspace) {
        long now = clock.nanos();
        Gathering gathering = byWorkspace.computeIfAbsent(workspace, unused -> {
            Gathering made = new Gathering();
            made.first = now;
            return made;
        });
        gathering.last = now;
        return gathering;
    }

    /** How long to wait for rest; empty if there is nothing to look at. */
    synchronized Optional<Duration> wait(WorkspaceId workspace) {
        Gathering gathering = byWorkspace.get(workspace);
        if (gathering == null) {
            return Optional.empty();
        }
        long now = clock.nanos();
        long left = Math.min(gathering.last + REST.toNanos() - now, gathering.first + LONGEST.toNanos() - now);
        return Optional.of(Duration.ofNanos(Math.max(0, left)));
    }

    synchronized Found take(WorkspaceId workspace) {
        Gathering gathering = byWorkspace.remove(workspace);
        return gathering == null
                ? new Found(Map.of(), Set.of())
                : new Found(Map.copyOf(gathering.names), Set.copyOf(gathering.whole));
    }

    synchronized List<WorkspaceId> workspaces() {
        return List.copyOf(byWorkspace.keySet());
    }
}
