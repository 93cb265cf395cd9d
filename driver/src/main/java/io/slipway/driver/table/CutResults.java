package io.slipway.driver.table;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The queries of a context whose results were shown in part: the last twenty, so that somebody can ask for all of one. Only the query is
 * kept, and whoever asks runs it again; a query over rows of the driver's own memory is kept as long as that is not needed.
 */
public final class CutResults {
    private static final int KEPT = 20;

    private final Map<String, SoftReference<Dataset<Row>>> kept = new LinkedHashMap<>();

    synchronized String keep(Dataset<Row> data) {
        if (kept.size() == KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        String id = UUID.randomUUID().toString();
        kept.put(id, new SoftReference<>(data));
        return id;
    }

    public synchronized Optional<Dataset<Row>> find(String id) {
        return Optional.ofNullable(kept.get(id)).flatMap(query -> Optional.ofNullable(query.get()));
    }
}
