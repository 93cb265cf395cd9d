package io.slipway.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The node directory, out of which no path of the server's may lead: not by {@code ..}, not by a link, not into the agent's own folder. */
final class NodePaths {
    static final String OWN = "agent";

    private final Path root;

    NodePaths(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    Path root() {
        return root;
    }

    /** A path relative to the node directory, or an absolute one inside it. */
    Path resolve(String path) throws Refused, IOException {
        return resolve(root, path);
    }

    /** A path relative to a folder of the node. */
    Path resolve(Path folder, String path) throws Refused, IOException {
        Path target;
        try {
            target = folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new Refused("INVALID_ARGUMENT", "The path " + path + " is not valid.");
        }
        if (!allowed(target) || !allowed(existingPartOf(target))) {
            throw forbidden(path);
        }
        return target;
    }

    /** Where the part of the path that is there really is; a link that leads nowhere counts as leading out. */
    private Path existingPartOf(Path target) throws IOException {
        for (Path part = target; part != null; part = part.getParent()) {
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                return Files.exists(part) ? part.toRealPath() : Path.of("/");
            }
        }
        return Path.of("/");
    }

    private boolean allowed(Path target) {
        return target.startsWith(root) && !target.startsWith(root.resolve(OWN));
    }

    private static Refused forbidden(String path) {
        return new Refused("FORBIDDEN_PATH", "The path " + path + " leads out of the node directory.");
    }
}
