package io.slipway.content.tree;

import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A normalized absolute path in the workspace: no slash at the end, no empty steps, no dots that climb. {@code /Workspace/x} is
 * another way to write {@code /x}.
 */
record TreePath(String value) {
    static final TreePath ROOT = new TreePath("/");

    static final TreePath USERS = new TreePath("/Users");
    static final TreePath SHARED = new TreePath("/Shared");
    static final TreePath REPOS = new TreePath("/Repos");

    private static final int LONGEST_PATH_BYTES = 2000;
    private static final int LONGEST_NAME_BYTES = 255;

    /** Reads what a client wrote. */
    static TreePath of(String written) {
        if (!written.startsWith("/")) {
            throw PlatformException.invalid("Path (" + written + ") must be absolute: it must start with '/'.");
        }
        List<String> steps = new ArrayList<>();
        for (String step : written.split("/", -1)) {
            if (step.isEmpty()) {
                continue;
            }
            if (step.equals(".") || step.equals("..")) {
                throw PlatformException.invalid("Path (" + written + ") must not contain '" + step + "'.");
            }
            if (step.chars().anyMatch(Character::isISOControl)) {
                throw PlatformException.invalid("Path must not contain control characters.");
            }
            if (bytes(step) > LONGEST_NAME_BYTES) {
                throw PlatformException.invalid(
                        "A name in path (" + written + ") is longer than " + LONGEST_NAME_BYTES + " bytes.");
            }
            steps.add(step);
        }
        // All of them: as a path is shown, it is read again.
        while (!steps.isEmpty() && steps.get(0).equals("Workspace")) {
            steps.remove(0);
        }
        TreePath path = new TreePath("/" + String.join("/", steps));
        if (bytes(path.value) > LONGEST_PATH_BYTES) {
            throw PlatformException.invalid("Path is longer than " + LONGEST_PATH_BYTES + " bytes.");
        }
        return path;
    }

    /** Whether an object may have this name. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && !name.contains("/")
                && name.indexOf('\uFFFD') < 0
                && name.chars().noneMatch(Character::isISOControl)
                && bytes(name) <= LONGEST_NAME_BYTES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    boolean root() {
        return value.equals("/");
    }

    /** Folders that every workspace has, and those of its users. */
    boolean alwaysThere() {
        return root() || equals(USERS) || equals(SHARED) || equals(REPOS) || parent().equals(USERS);
    }

    /** Of the root: itself. */
    TreePath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new TreePath(value.substring(0, slash));
    }

    String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The names on the way from the root to this path. */
    List<String> steps() {
        return root() ? List.of() : List.of(value.substring(1).split("/"));
    }

    TreePath child(String name) {
        return new TreePath(root() ? "/" + name : value + "/" + name);
    }

    boolean within(TreePath folder) {
        return folder.root() || value.equals(folder.value) || value.startsWith(folder.value + "/");
    }

    /** The folders from the one below the root down to this path's own parent. */
    List<TreePath> folders() {
        List<TreePath> folders = new ArrayList<>();
        for (TreePath folder = parent(); !folder.root(); folder = folder.parent()) {
            folders.add(0, folder);
        }
        return folders;
    }

    @Override
    public String toString() {
        return value;
    }
}
