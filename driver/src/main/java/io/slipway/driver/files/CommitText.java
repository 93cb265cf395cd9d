package io.slipway.driver.files;

import io.unitycatalog.slipway.Commits;
import io.unitycatalog.slipway.CommittedSchemas;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import org.apache.hadoop.fs.Path;

/** What a commit of Delta says: who made it is added, and the catalog is told of one that gives its table other columns. */
final class CommitText {
    private final Path path;
    private String metadata = "";

    /** @param path of the commit */
    CommitText(Path path) {
        this.path = path;
    }

    void write(Iterator<String> actions, Writer to) throws IOException {
        while (actions.hasNext()) {
            String action = actions.next();
            if (action.startsWith("{\"commitInfo\":")) {
                action = Commits.signed(action);
            }
            to.write(action);
            to.write('\n');
            if (action.startsWith("{\"metaData\":")) {
                metadata = action;
            }
        }
    }

    /** When it is there for everybody. */
    void committed() {
        if (!metadata.isEmpty() && path.getParent().getName().equals("_delta_log")) {
            CommittedSchemas.tell(path.getParent().getParent(), metadata);
        }
    }
}
