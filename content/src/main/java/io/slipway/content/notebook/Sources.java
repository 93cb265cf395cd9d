package io.slipway.content.notebook;

import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.Tree;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.ByteArrayOutputStream;

/** Where the notebooks and files that code names come from, read as the one whose code runs. */
public interface Sources extends CellCommands.Source {
    /** As of a file of the tree: it is read as a whole, and data may be named by mistake. */
    int LARGEST = 10 << 20;

    /** @param path in the tree, or {@code dbfs:/…} */
    byte[] file(Caller caller, String path);

    /** Those of the tree, and of DBFS by their scheme. */
    static Sources of(Tree tree, Dbfs dbfs) {
        return new Sources() {
            @Override
            public Notebook notebook(Caller caller, String path) {
                return tree.notebook(caller, path);
            }

            @Override
            public byte[] file(Caller caller, String path) {
                return path.startsWith("dbfs:") ? whole(dbfs, caller, path) : tree.file(caller, path);
            }
        };
    }

    private static byte[] whole(Dbfs dbfs, Caller caller, String path) {
        long size = dbfs.status(caller, path).size();
        if (size > LARGEST) {
            throw new PlatformException(
                    ErrorCode.TOO_LARGE,
                    "File " + path + " has " + size + " bytes; code that is run has at most " + LARGEST + ".");
        }
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
