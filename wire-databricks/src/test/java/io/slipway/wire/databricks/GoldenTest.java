package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.catalog.CatalogArea;
import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.databricks.catalog.CatalogRoutes;
import io.slipway.wire.databricks.catalog.TableRoutes;
import io.slipway.wire.databricks.dbfs.DbfsRoutes;
import io.slipway.wire.databricks.tree.RawClient;
import io.slipway.wire.databricks.tree.TreeRoutes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers field by field: one that is renamed, lost or added shows here before a client stumbles over it. */
@NullUnmarked
class GoldenTest {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String HOME = "/Users/admin@example.com";

    private static WireServer server;
    private static RawClient raw;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            CatalogArea catalog = new CatalogArea(
                    parts.base(),
                    new IdentityArea(parts.base(), new byte[32]),
                    folder.resolve("managed").toUri(),
                    folder.resolve("dbfs"));
            catalog.catalogs().bootstrap();
            Tree tree = new TreeRoom(parts.base(), new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), false)
                    .tree();
            tree.bootstrap(WorkspaceId.FIRST);
            new CatalogRoutes(catalog.catalogs(), catalog.schemas()).add(parts.api());
            new TableRoutes(catalog.catalogs(), catalog.tables()).add(parts.api());
            new TreeRoutes(tree, caller -> {}).add(parts.api());
            new DbfsRoutes(new Dbfs(parts.base(), new Permissions(), id -> folder.resolve("dbfs"))).add(parts.api());
        });
        raw = new RawClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> post(String path, String body) throws Exception {
        HttpResponse<byte[]> answer = raw.json("POST", path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
        return answer;
    }

    @Test
    void who_somebody_is() throws Exception {
        Golden.same(GoldenTest.class, "me", raw.get("/api/2.0/preview/scim/v2/Me"));
        Golden.same(
                GoldenTest.class,
                "token-created",
                post("/api/2.0/token/create", "{'comment':'ci','lifetime_seconds':60}"));
    }

    @Test
    void a_metastore() throws Exception {
        Golden.same(GoldenTest.class, "metastore", raw.get(UC + "/metastore_summary"));
    }

    @Test
    void a_catalog_and_what_is_missing() throws Exception {
        Golden.same(
                GoldenTest.class,
                "catalog",
                post(UC + "/catalogs", "{'name':'Sales','comment':'all of it','properties':{'a':'b'}}"));
        Golden.same(GoldenTest.class, "catalog", raw.get(UC + "/catalogs/sales"));
        Golden.same(GoldenTest.class, "catalog-missing", raw.get(UC + "/catalogs/none"));
    }

    @Test
    void a_schema_and_a_list_of_them() throws Exception {
        post(UC + "/catalogs", "{'name':'bare'}");
        Golden.same(
                GoldenTest.class,
                "schema",
                post(UC + "/schemas", "{'name':'raw','catalog_name':'bare','properties':{'k':'v'}}"));
        Golden.same(GoldenTest.class, "schemas", raw.get(UC + "/schemas?catalog_name=bare&max_results=1"));
        Golden.same(GoldenTest.class, "schema-not-empty", raw.json("DELETE", UC + "/catalogs/bare", ""));
    }

    @Test
    void an_external_table_and_its_summary() throws Exception {
        post(UC + "/catalogs", "{'name':'shop'}");
        post(UC + "/schemas", "{'name':'s','catalog_name':'shop'}");
        Golden.same(GoldenTest.class, "table", post(UC + "/tables", """
                        {'name':'orders','catalog_name':'shop','schema_name':'s','table_type':'EXTERNAL','data_source_format':'DELTA',
                         'storage_location':'s3://bucket/orders','comment':'c','properties':{'k':'v'},
                         'columns':[{'name':'price','type_text':'decimal(10,2)','type_json':'{}','type_name':'DECIMAL','type_precision':10,
                                     'type_scale':2,'position':0,'nullable':false,'comment':'net'},{'name':'day','type_text':'date',
                                     'type_name':'date','partition_index':0}]}
                        """));
        Golden.same(GoldenTest.class, "table-summaries", raw.get(UC + "/table-summaries?catalog_name=shop"));
        Golden.same(GoldenTest.class, "table-exists", raw.get(UC + "/tables/shop.s.orders/exists"));
    }

    @Test
    void objects_of_the_tree() throws Exception {
        post("/api/2.0/workspace/mkdirs", "{'path':'" + HOME + "/g'}");
        post(
                "/api/2.0/workspace/import",
                "{'path':'" + HOME + "/g/nb','format':'SOURCE','language':'PYTHON','content':'cHJpbnQoMSk='}");
        post("/api/2.0/workspace/import", "{'path':'" + HOME + "/g/z.txt','format':'AUTO','content':'aGk='}");
        Golden.same(GoldenTest.class, "tree-list", raw.get("/api/2.0/workspace/list?path=" + HOME + "/g"));
        Golden.same(GoldenTest.class, "tree-folder", raw.get("/api/2.0/workspace/get-status?path=" + HOME + "/g"));
        Golden.same(
                GoldenTest.class,
                "tree-export",
                raw.get("/api/2.0/workspace/export?format=SOURCE&path=" + HOME + "/g/nb"));
        Golden.same(GoldenTest.class, "tree-missing", raw.get("/api/2.0/workspace/get-status?path=/none"));
        Golden.same(GoldenTest.class, "tree-empty-list", raw.get("/api/2.0/workspace/list?path=/Shared"));
    }

    @Test
    void files_of_dbfs() throws Exception {
        post("/api/2.0/dbfs/put", "{'path':'/d/f.txt','contents':'aGVsbG8='}");
        post("/api/2.0/dbfs/mkdirs", "{'path':'/d/sub'}");
        Golden.same(GoldenTest.class, "dbfs-list", raw.get("/api/2.0/dbfs/list?path=/d"));
        Golden.same(GoldenTest.class, "dbfs-read", raw.get("/api/2.0/dbfs/read?path=/d/f.txt&offset=1&length=3"));
        Golden.same(GoldenTest.class, "dbfs-missing", raw.get("/api/2.0/dbfs/get-status?path=/none"));
        Golden.same(GoldenTest.class, "dbfs-stream", post("/api/2.0/dbfs/create", "{'path':'/d/s'}"));
    }
}
