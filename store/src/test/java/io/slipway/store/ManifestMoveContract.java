package io.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were written before manifests had a column of their own. */
@NullUnmarked
abstract class ManifestMoveContract {
    @TempDir
    private Path folder;

    private Database database;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void cluster(String id, String spec) {
        database.change(tx ->
                tx.sql().createUpdate("""
                        insert into cluster (id, name, spec, source, state, state_message, launch, target_workers, pinned,
                            created_at, started_at, restarted_at, terminated_at)
                        values (:id, '', :spec, 'API', 'TERMINATED', '', 1, 0, 0, 0, 0, 0, 0)
                        """).bind("id", id).bind("spec", spec).execute());
    }

    private void job(long id, String settings) {
        database.change(tx -> tx.sql()
                .createUpdate("insert into job (id, name, settings, created_at) values (:id, '', :settings, 0)")
                .bind("id", id)
                .bind("settings", settings)
                .execute());
    }

    private void move() {
        database.change(tx -> {
            Context context = (Context) Proxy.newProxyInstance(
                    Context.class.getClassLoader(),
                    new Class<?>[] {Context.class},
                    (proxy, method, arguments) -> tx.sql().getConnection());
            new ManifestMove().migrate(context);
        });
    }

    private Map<String, Manifest> manifests(String table) {
        Map<String, Manifest> all = new HashMap<>();
        database.read(handle -> handle.createQuery("select id, manifest from " + table)
                        .map((row, context) -> Map.entry(row.getString("id"), Manifest.read(row.getString("manifest"))))
                        .list())
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    private List<String> column(String table, String column) {
        return database.read(handle -> handle.createQuery("select " + column + " from " + table + " order by id")
                .mapTo(String.class)
                .list());
    }

    @Test
    void what_was_sent_for_a_cluster_leaves_its_specification() {
        cluster("a", "{\"name\":\"x\",\"document\":\"{\\\"cluster_name\\\":\\\"x\\\"}\",\"sparkVersion\":\"18\"}");
        cluster("b", "{\"name\":\"y\"}");
        move();
        assertThat(column("cluster", "spec"))
                .containsExactly("{\"name\":\"x\",\"sparkVersion\":\"18\"}", "{\"name\":\"y\"}");
        assertThat(manifests("cluster"))
                .isEqualTo(Map.of("a", Manifest.of("{\"cluster_name\":\"x\"}"), "b", Manifest.NONE));
    }

    @Test
    void what_was_sent_for_the_clusters_of_a_job_becomes_parts_of_its_manifest() {
        job(
                7,
                "{\"tasks\":[{\"key\":\"t\",\"compute\":{\"kind\":\"fresh\",\"spec\":{\"name\":\"n\",\"document\":\"D1\"}}},"
                        + "{\"key\":\"u\",\"compute\":{\"kind\":\"existing\",\"clusterId\":\"c\"}}],"
                        + "\"jobClusters\":{\"k\":{\"name\":\"m\",\"document\":\"D2\"}},\"document\":\"D\"}");
        move();
        assertThat(column("job", "settings"))
                .containsExactly(
                        "{\"tasks\":[{\"key\":\"t\",\"compute\":{\"kind\":\"fresh\",\"spec\":{\"name\":\"n\"}}},"
                                + "{\"key\":\"u\",\"compute\":{\"kind\":\"existing\",\"clusterId\":\"c\"}}],"
                                + "\"jobClusters\":{\"k\":{\"name\":\"m\"}}}");
        assertThat(manifests("job"))
                .isEqualTo(Map.of("7", new Manifest("D", Map.of("tasks/t", "D1", "job_clusters/k", "D2"))));
    }

    @Test
    void every_row_of_a_long_table_is_moved_once() {
        for (int i = 0; i < 450; i++) {
            job(i, "{\"document\":\"D" + i + "\"}");
        }
        move();
        assertThat(column("job", "settings")).hasSize(450).containsOnly("{}");
        Map<String, Manifest> moved = manifests("job");
        for (int i = 0; i < 450; i++) {
            assertThat(moved.get(String.valueOf(i))).isEqualTo(Manifest.of("D" + i));
        }
    }
}
