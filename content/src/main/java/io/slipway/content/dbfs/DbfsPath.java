package io.slipway.content.dbfs;

import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.List;

/**
 * A normalized absolute path in DBFS. {@code dbfs:/x}, {@code /dbfs/x} and {@code /x} are one path; answers use the last form.
 */
record DbfsPath(List<String> steps) {
    private static final int LONGEST_NAME = 255;

    DbfsPath {
        steps = List.copyOf(steps);
    }

    static DbfsPath of(String written) {
        String path = written;
        if (path.startsWith("dbfs:")) {
            path = path.substring("dbfs:".length());
        } else if (path.equals("/dbfs") || path.startsWith("/dbfs/")) {
            path = path.substring("/dbfs".length()) + "/";
        }
        if (!path.startsWith("/")) {
            throw PlatformException.invalid("Path must be absolute: " + written);
        }
        List<String> steps = new ArrayList<>();
        for (String step : path.split("/", -1)) {
            if (step.isEmpty()) {
                continue;
            }
            if (step.equals(".") || step.equals("..") || step.chars().anyMatch(Character::isISOControl)) {
                throw PlatformException.invalid(
                        "Path must not contain '.', '..' or control characters: " + shown(written));
            }
            if (step.length() > LONGEST_NAME) {
                throw PlatformException.invalid("A name in the path is longer than " + LONGEST_NAME + " characters.");
            }
            steps.add(step);
        }
        return new DbfsPath(steps);
    }

    private static String shown(String written) {
        return written.replaceAll("\\p{Cntrl}", "?");
    }

    boolean root() {
        return steps.isEmpty();
    }

    DbfsPath child(String name) {
        List<String> below = new ArrayList<>(steps);
        below.add(name);
        return new DbfsPath(below);
    }

    /** Of the root: itself. */
    DbfsPath parent() {
        return root() ? this : new DbfsPath(steps.subList(0, steps.size() - 1));
    }

    boolean within(DbfsPath folder) {
        return steps.size() >= folder.steps.size()
                && steps.subList(0, folder.steps.size()).equals(folder.steps);
    }

    @Override
    public String toString() {
        return "/" + String.join("/", steps);
    }
}
