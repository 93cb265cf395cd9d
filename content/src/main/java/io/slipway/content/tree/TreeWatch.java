package io.slipway.content.tree;

import io.slipway.kit.Loop;
import io.slipway.kit.Threads;
import io.slipway.kit.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears from the operating system what changes in the folders of workspaces, and wakes the loop that looks at it. */
final class TreeWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TreeWatch.class);

    private record Place(WorkspaceId workspace, TreePath folder) {}

    private final TreeFiles files;
    private final TreeChanges changes;
    private final Loop<WorkspaceId> loop;
    private final WatchService service;
    private final Map<WatchKey, Place> places = new ConcurrentHashMap<>();
    /** Folders for which the system has no watch left: they are looked at from time to time. */
    private final Set<Place> unwatched = ConcurrentHashMap.newKeySet();

    TreeWatch(TreeFiles files, TreeChanges changes, Loop<WorkspaceId> loop) {
        this.files = files;
        this.changes = changes;
        this.loop = loop;
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException("the operating system does not let us watch folders", e);
        }
    }

    void start() {
        Threads.named("tree-watch").newThread(this::listen).start();
    }

    /** From now on hears what changes in this folder. A folder that was moved is heard of at its new path. */
    void add(WorkspaceId workspace, TreePath folder) {
        Place place = new Place(workspace, folder);
        Path local = files.local(workspace, folder);
        try {
            WatchKey key = local.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            places.put(key, place);
            unwatched.remove(place);
        } catch (ClosedWatchServiceException closing) {
            // Nobody listens any more.
        } catch (IOException e) {
            if (local.toFile().isDirectory() && unwatched.add(place)) {
                log.warn("folder {} is not watched, but looked at from time to time: {}", folder, e.getMessage());
            }
        }
    }

    /** Has the folders looked at for which there is no watch; whether there are any. */
    boolean lookAtUnwatched(WorkspaceId workspace) {
        unwatched.removeIf(place ->
                !files.local(place.workspace(), place.folder()).toFile().isDirectory());
        unwatched.stream()
                .filter(place -> place.workspace().equals(workspace))
                .forEach(place -> changes.whole(workspace, place.folder()));
        return !unwatched.isEmpty();
    }

    private void listen() {
        try {
            while (true) {
                listen(service.take());
            }
        } catch (InterruptedException | ClosedWatchServiceException closing) {
            log.debug("no folder is watched any more");
        }
    }

    private void listen(WatchKey key) {
        Place place = places.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (place != null) {
                heard(place, event);
            }
        }
        if (!key.reset()) {
            places.remove(key);
        }
        if (place != null) {
            loop.wake(place.workspace());
        }
    }

    private void heard(Place place, WatchEvent<?> event) {
        if (event.context() instanceof Path name) {
            changes.name(place.workspace(), place.folder(), name.toString());
        } else {
            // The system had more to tell than it keeps.
            changes.whole(place.workspace(), place.folder());
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            log.warn("could not stop watching folders", e);
        }
    }
}
