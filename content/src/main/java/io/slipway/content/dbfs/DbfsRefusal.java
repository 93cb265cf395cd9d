package io.slipway.content.dbfs;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.util.Map;

/** What the DBFS API 2.0 says when it refuses. */
final class DbfsRefusal {
    private DbfsRefusal() {}

    static PlatformException missing(DbfsPath path) {
        return new PlatformException(ErrorCode.NOT_FOUND, "No file or directory exists on path " + path + ".");
    }

    static PlatformException exists(DbfsPath path) {
        return new PlatformException(
                ErrorCode.ALREADY_EXISTS, "A file or directory already exists at the input path " + path + ".");
    }

    static PlatformException notEmpty(DbfsPath path) {
        return new PlatformException(
                ErrorCode.NOT_EMPTY,
                "Directory is not empty: " + path + ". Use recursive to delete it with all that it holds.",
                Map.of("reason", "IO_ERROR"));
    }

    static PlatformException intoItself(DbfsPath from) {
        return PlatformException.invalid("Cannot move " + from + " into itself.");
    }

    /** @param verb what cannot be done with it */
    static PlatformException ofRoot(String verb) {
        return PlatformException.invalid("Cannot " + verb + " the root.");
    }

    static PlatformException failed(String what, IOException e) {
        return new PlatformException(ErrorCode.INTERNAL, what + ": the file system refused.", e);
    }
}
