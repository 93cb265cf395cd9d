package io.slipway.content.disk;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A folder of this machine. Turns paths of users into places that are surely inside: a symbolic link is followed only to a place
 * within. User code writes here too, so a link may appear between this check and the use; such code can read the target by itself
 * anyway.
 */
public final class Enclosure {
    private final Path directory;

    /** Makes the folder if it is missing. */
    public Enclosure(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory).toRealPath();
    }

    public Path directory() {
        return directory;
    }

    /**
     * The place of a path, whether there is something or not.
     *
     * @param steps names of folders and of what is meant, from the top down
     * @param shown the path as the user knows it, for messages
     */
    public Path resolve(Iterable<String> steps, Object shown) {
        try {
            Path target = directory;
            Path existing = directory;
            for (String step : steps) {
                target = target.resolve(step);
                existing = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? target : existing;
            }
            if (!existing.toRealPath().startsWith(directory)) {
                throw outside(shown);
            }
            return target;
        } catch (InvalidPathException e) {
            throw new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, "Not a path on this system: " + shown, e);
        } catch (IOException e) {
            // A link that leads nowhere: what it would create lies where the link says.
            throw outside(shown);
        }
    }

    private static PlatformException outside(Object shown) {
        return new PlatformException(
                ErrorCode.PERMISSION_DENIED, "Path leads outside of the file system's root: " + shown);
    }
}
