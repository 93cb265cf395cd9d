package io.slipway.protocol.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a driver relies on when it asks the catalog (Unity Catalog API 2.1). The server runs it, and so does what stands in for the
 * server where the driver is tested.
 */
public abstract class CatalogRestContract {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Address of a catalog that has the catalog {@code main} with the schema {@code default}, in which everybody may create. */
    protected abstract String url();

    /** Token of an admin. */
    protected abstract String token();

    protected abstract String userName();

    /** Token of somebody who owns nothing. */
    protected abstract String strangersToken();

    protected abstract Map<?, ?> read(String json);

    /** The columns of a table as a driver sends them, and as it must get them back. */
    public static String columns() {
        try (InputStream in = CatalogRestContract.class.getResourceAsStream("catalog-columns.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Answer(int status, Map<?, ?> body) {
        String text(String field) {
            return String.valueOf(body.get(field));
        }

        /** Lists without entries may be left out. */
        List<?> list(String field) {
            return body.get(field) instanceof List<?> list ? list : List.of();
        }

        List<String> names(String field) {
            return list(field).stream()
                    .map(each -> String.valueOf(((Map<?, ?>) each).get("name")))
                    .toList();
        }
    }

    private Answer send(String token, String method, String path, String body) {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(url() + "/api/2.1/unity-catalog" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(method, publisher)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), read(answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private Answer ask(String method, String path, String body) {
        return send(token(), method, path, body);
    }

    private Answer get(String path) {
        return ask("GET", path, "");
    }

    private Answer done(String method, String path, String body) {
        Answer answer = ask(method, path, body);
        assertThat(answer.status())
                .as("%s %s %s: %s", method, path, body, answer.body())
                .isEqualTo(200);
        return answer;
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text("error_code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("message")).isNotBlank();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private String staged(String schema, String name) {
        return "{\"catalog_name\":\"c\",\"schema_name\":%s,\"name\":%s}".formatted(quoted(schema), quoted(name));
    }

    private String stage(String schema, String name) {
        return done("POST", "/staging-tables", staged(schema, name)).text("staging_location");
    }

    /** As the driver writes it: what it does not know is null. */
    private static String managed(String name, String location) {
        return """
                {"name":"%s","catalog_name":"c","schema_name":"s","table_type":"MANAGED","data_source_format":"DELTA",
                 "storage_location":"%s","comment":null,"columns":%s,"properties":{"delta.appendOnly":"true"}}
                """.formatted(name, location, columns());
    }

    private static String external(String schema, String name, String location) {
        return """
                {"name":"%s","catalog_name":"c","schema_name":"%s","table_type":"EXTERNAL","data_source_format":"PARQUET",
                 "storage_location":"%s","comment":"outside","columns":[],"properties":{}}
                """.formatted(name, schema, location);
    }

    private static String view(String name) {
        return """
                {"name":"%s","catalog_name":"c","schema_name":"s","table_type":"VIEW","view_definition":"select 1 as x",
                 "columns":[],"properties":{"slipway.view.catalog":"c"}}
                """.formatted(name);
    }

    @BeforeEach
    void aCatalogWithASchema() {
        ask("DELETE", "/catalogs/c?force=true", "");
        ask("DELETE", "/tables/main.default.v", "");
        done("POST", "/catalogs", "{\"name\":\"c\"}");
        done("POST", "/schemas", "{\"name\":\"s\",\"catalog_name\":\"c\"}");
    }

    // ---- catalogs and schemas

    @Test
    void catalogs_are_made_listed_and_deleted() {
        assertThat(get("/catalogs").names("catalogs")).containsExactly("c", "hive_metastore", "main");
        assertThat(get("/catalogs/C").text("name")).isEqualTo("c");
        refused(ask("POST", "/catalogs", "{\"name\":\"C\"}"), 400, "CATALOG_ALREADY_EXISTS");
        refused(ask("DELETE", "/catalogs/c", ""), 400, "CATALOG_NOT_EMPTY");
        done("DELETE", "/catalogs/c?force=true", "");
        refused(get("/catalogs/c"), 404, "CATALOG_DOES_NOT_EXIST");
        refused(ask("DELETE", "/catalogs/c", ""), 404, "CATALOG_DOES_NOT_EXIST");
        assertThat(get("/catalogs").names("catalogs")).containsExactly("hive_metastore", "main");
    }

    @Test
    void a_new_catalog_has_a_default_schema() {
        assertThat(get("/schemas?catalog_name=c").names("schemas")).containsExactly("default", "s");
    }

    @Test
    void a_schema_keeps_what_it_was_made_with() {
        done(
                "POST",
                "/schemas",
                "{\"name\":\"Ünï\",\"catalog_name\":\"C\",\"comment\":\"why ☃\",\"properties\":{\"a\":\"b\"}}");
        Answer made = get("/schemas/" + encode("c.ünï"));
        assertThat(made.text("name")).isEqualTo("ünï");
        assertThat(made.text("catalog_name")).isEqualTo("c");
        assertThat(made.text("full_name")).isEqualTo("c.ünï");
        assertThat(made.text("comment")).isEqualTo("why ☃");
        assertThat(made.text("owner")).isEqualTo(userName());
        assertThat(made.body().get("properties")).isEqualTo(Map.of("a", "b"));
        assertThat(made.body().containsKey("storage_location")).isFalse();
    }

    @Test
    void the_place_of_a_schema_is_told() {
        done("POST", "/schemas", "{\"name\":\"far\",\"catalog_name\":\"c\",\"storage_root\":\"s3://bucket/far/\"}");
        assertThat(get("/schemas/c.far").text("storage_location")).isEqualTo("s3://bucket/far");
        assertThat(stage("far", "t")).startsWith("s3://bucket/far/tables/");
    }

    @Test
    void a_change_of_a_schema_replaces_its_properties_and_leaves_the_rest() {
        done(
                "POST",
                "/schemas",
                "{\"name\":\"x\",\"catalog_name\":\"c\",\"comment\":\"old\",\"properties\":{\"a\":\"1\",\"b\":\"2\"}}");
        done("PATCH", "/schemas/c.x", "{\"properties\":{\"b\":\"3\"}}");
        Answer changed = get("/schemas/c.x");
        assertThat(changed.body().get("properties")).isEqualTo(Map.of("b", "3"));
        assertThat(changed.text("comment")).isEqualTo("old");
        done("PATCH", "/schemas/c.x", "{\"comment\":\"new\"}");
        assertThat(get("/schemas/c.x").text("comment")).isEqualTo("new");
        assertThat(get("/schemas/c.x").body().get("properties")).isEqualTo(Map.of("b", "3"));
    }

    @Test
    void schemas_that_exist_or_do_not_are_refused_by_name() {
        refused(ask("POST", "/schemas", "{\"name\":\"S\",\"catalog_name\":\"c\"}"), 400, "SCHEMA_ALREADY_EXISTS");
        refused(ask("POST", "/schemas", "{\"name\":\"s\",\"catalog_name\":\"no\"}"), 404, "CATALOG_DOES_NOT_EXIST");
        refused(get("/schemas?catalog_name=no"), 404, "CATALOG_DOES_NOT_EXIST");
        refused(get("/schemas/c.no"), 404, "SCHEMA_DOES_NOT_EXIST");
        refused(get("/schemas/no.s"), 404, "CATALOG_DOES_NOT_EXIST");
        refused(ask("PATCH", "/schemas/c.no", "{}"), 404, "SCHEMA_DOES_NOT_EXIST");
        refused(ask("DELETE", "/schemas/c.no?force=true", ""), 404, "SCHEMA_DOES_NOT_EXIST");
    }

    @Test
    void a_schema_with_tables_is_deleted_only_by_force() {
        done("POST", "/tables", view("v"));
        refused(ask("DELETE", "/schemas/c.s?force=false", ""), 400, "SCHEMA_NOT_EMPTY");
        assertThat(get("/tables/c.s.v").status()).isEqualTo(200);
        done("DELETE", "/schemas/c.s?force=true", "");
        refused(get("/tables/c.s.v"), 404, "SCHEMA_DOES_NOT_EXIST");
        done("POST", "/schemas", "{\"name\":\"s\",\"catalog_name\":\"c\"}");
        assertThat(get("/tables?catalog_name=c&schema_name=s").list("tables")).isEmpty();
    }

    // ---- tables

    @Test
    void a_managed_table_is_staged_and_then_made_at_its_place() {
        String place = stage("s", "T");
        assertThat(URI.create(place).isAbsolute()).isTrue();
        Answer made = done("POST", "/tables", managed("T", place));
        Answer read = get("/tables/" + encode("C.S.T"));
        assertThat(read.body()).isEqualTo(made.body());
        assertThat(read.text("name")).isEqualTo("t");
        assertThat(read.text("full_name")).isEqualTo("c.s.t");
        assertThat(read.text("table_type")).isEqualTo("MANAGED");
        assertThat(read.text("data_source_format")).isEqualTo("DELTA");
        assertThat(read.text("storage_location")).isEqualTo(place);
        assertThat(read.text("owner")).isEqualTo(userName());
        assertThat(read.body().get("properties")).isEqualTo(Map.of("delta.appendOnly", "true"));
        assertThat(read.body().containsKey("comment")).isFalse();
        assertThat(read.body().get("columns"))
                .isEqualTo(read("{\"columns\":" + columns() + "}").get("columns"));
    }

    @Test
    void a_staged_place_makes_one_table_of_its_name() {
        String place = stage("s", "t");
        assertThat(stage("s", "t")).as("another for whoever asks again").isNotEqualTo(place);
        refused(ask("POST", "/tables", managed("other", place)), 400, "INVALID_PARAMETER_VALUE");
        refused(ask("POST", "/tables", managed("t", "file:///tmp/mine")), 400, "INVALID_PARAMETER_VALUE");
        done("POST", "/tables", managed("t", place));
        refused(ask("POST", "/tables", managed("t", place)), 400, "TABLE_ALREADY_EXISTS");
        done("DELETE", "/tables/c.s.t", "");
        refused(ask("POST", "/tables", managed("t", place)), 400, "INVALID_PARAMETER_VALUE");
    }

    @Test
    void places_in_hive_are_called_like_their_tables() {
        done("POST", "/schemas", "{\"name\":\"old\",\"catalog_name\":\"hive_metastore\"}");
        assertThat(get("/schemas/hive_metastore.old").text("storage_location"))
                .isEqualTo("dbfs:/user/hive/warehouse/old.db");
        String asked = staged("old", "T").replace("\"catalog_name\":\"c\"", "\"catalog_name\":\"hive_metastore\"");
        assertThat(done("POST", "/staging-tables", asked).text("staging_location"))
                .isEqualTo("dbfs:/user/hive/warehouse/old.db/t");
        done("DELETE", "/schemas/hive_metastore.old?force=true", "");
    }

    @Test
    void nothing_is_staged_for_a_table_that_exists_or_a_schema_that_does_not() {
        done("POST", "/tables", view("v"));
        refused(ask("POST", "/staging-tables", staged("s", "V")), 400, "TABLE_ALREADY_EXISTS");
        refused(ask("POST", "/staging-tables", staged("no", "t")), 404, "SCHEMA_DOES_NOT_EXIST");
        refused(ask("POST", "/staging-tables", staged("s", "a b")), 400, "INVALID_PARAMETER_VALUE");
    }

    @Test
    void an_external_table_lies_where_its_maker_says_but_not_on_the_servers_disk() {
        Answer made = done("POST", "/tables", external("s", "e", "dbfs:/data/e/"));
        assertThat(made.text("storage_location")).isEqualTo("dbfs:/data/e");
        assertThat(made.text("table_type")).isEqualTo("EXTERNAL");
        assertThat(made.text("data_source_format")).isEqualTo("PARQUET");
        assertThat(made.text("comment")).isEqualTo("outside");
        for (String place : List.of("file:///tmp/e", "/tmp/e", "tmp/e", "dbfs:/.slipway/e", "dbfs:/../e")) {
            refused(ask("POST", "/tables", external("s", "f", place)), 400, "INVALID_PARAMETER_VALUE");
        }
        refused(ask("POST", "/tables", external("no", "f", "dbfs:/f")), 404, "SCHEMA_DOES_NOT_EXIST");
    }

    @Test
    void a_view_has_a_text_and_no_place() {
        Answer made = done("POST", "/tables", view("v"));
        assertThat(made.text("table_type")).isEqualTo("VIEW");
        assertThat(made.text("view_definition")).isEqualTo("select 1 as x");
        assertThat(made.body().containsKey("storage_location")).isFalse();
        assertThat(made.body().containsKey("data_source_format")).isFalse();
        refused(ask("POST", "/tables", view("w").replace("select 1 as x", " ")), 400, "INVALID_PARAMETER_VALUE");
        refused(ask("POST", "/tables", view("v")), 400, "TABLE_ALREADY_EXISTS");
        done("PATCH", "/tables/c.s.v", "{\"view_definition\":\"select 2 as y\"}");
        assertThat(get("/tables/c.s.v").text("view_definition")).isEqualTo("select 2 as y");
    }

    @Test
    void a_change_replaces_what_it_names_and_leaves_the_rest() {
        done("POST", "/tables", managed("t", stage("s", "t")));
        Map<?, ?> before = get("/tables/c.s.t").body();
        assertThat(done("PATCH", "/tables/c.s.t", "{}").body()).isEqualTo(before);
        done("PATCH", "/tables/c.s.t", "{\"columns\":[],\"properties\":{\"x\":\"y\"}}");
        Answer after = get("/tables/c.s.t");
        assertThat(after.list("columns")).isEmpty();
        assertThat(after.body().get("properties")).isEqualTo(Map.of("x", "y"));
        assertThat(after.body().get("storage_location")).isEqualTo(before.get("storage_location"));
        done("PATCH", "/tables/c.s.t", "{\"comment\":\"c\",\"columns\":" + columns() + "}");
        Answer last = get("/tables/c.s.t");
        assertThat(last.text("comment")).isEqualTo("c");
        assertThat(last.body().get("columns")).isEqualTo(before.get("columns"));
        assertThat(last.body().get("properties")).isEqualTo(Map.of("x", "y"));
        refused(ask("PATCH", "/tables/c.s.t", "{\"view_definition\":\"select 1\"}"), 400, "INVALID_PARAMETER_VALUE");
    }

    @Test
    void a_table_is_renamed_within_its_schema() {
        done("POST", "/tables", view("v"));
        done("POST", "/tables", view("taken"));
        refused(ask("PATCH", "/tables/c.s.v", "{\"new_name\":\"Taken\"}"), 400, "TABLE_ALREADY_EXISTS");
        refused(ask("PATCH", "/tables/c.s.v", "{\"new_name\":\"a/b\"}"), 400, "INVALID_PARAMETER_VALUE");
        Answer renamed = done("PATCH", "/tables/c.s.v", "{\"new_name\":\"W\"}");
        assertThat(renamed.text("full_name")).isEqualTo("c.s.w");
        refused(get("/tables/c.s.v"), 404, "TABLE_DOES_NOT_EXIST");
        assertThat(get("/tables/c.s.w").text("view_definition")).isEqualTo("select 1 as x");
        refused(ask("PATCH", "/tables/c.s.v", "{\"new_name\":\"x\"}"), 404, "TABLE_DOES_NOT_EXIST");
    }

    @Test
    void a_deleted_table_is_gone_and_its_name_is_free() {
        done("POST", "/tables", view("v"));
        done("DELETE", "/tables/c.s.V", "");
        refused(get("/tables/c.s.v"), 404, "TABLE_DOES_NOT_EXIST");
        refused(ask("DELETE", "/tables/c.s.v", ""), 404, "TABLE_DOES_NOT_EXIST");
        done("POST", "/tables", managed("v", stage("s", "v")));
        assertThat(get("/tables/c.s.v").text("table_type")).isEqualTo("MANAGED");
    }

    @Test
    void absent_tables_say_which_level_is_missing() {
        refused(get("/tables/c.s.no"), 404, "TABLE_DOES_NOT_EXIST");
        refused(get("/tables/c.no.t"), 404, "SCHEMA_DOES_NOT_EXIST");
        refused(get("/tables/no.s.t"), 404, "CATALOG_DOES_NOT_EXIST");
        refused(get("/tables?catalog_name=c&schema_name=no"), 404, "SCHEMA_DOES_NOT_EXIST");
        refused(get("/tables?catalog_name=no&schema_name=s"), 404, "CATALOG_DOES_NOT_EXIST");
    }

    /** Spark asks for files by their path as if the format were a schema. */
    @Test
    void names_that_cannot_be_names_are_refused_as_malformed() {
        for (String name : List.of(
                "c.parquet.dbfs:/folder",
                "c.delta./folder/x",
                "c.s",
                "c.s.t.u",
                "c.s.a b",
                "c..t",
                "c.s." + "x".repeat(256))) {
            refused(get("/tables/" + encode(name)), 400, "INVALID_PARAMETER_VALUE");
        }
        refused(get("/schemas/c"), 400, "INVALID_PARAMETER_VALUE");
        refused(get("/tables?catalog_name=c"), 400, "INVALID_PARAMETER_VALUE");
    }

    @Test
    void names_of_any_script_are_found_and_listed() {
        for (String name : List.of("größe", "表", "a&b=c+d%", "it's", "#?")) {
            done("POST", "/tables", view(name));
            assertThat(get("/tables/" + encode("c.s." + name)).text("name")).isEqualTo(name);
        }
        done("POST", "/schemas", "{\"name\":\"a&b=c+d%\",\"catalog_name\":\"c\"}");
        assertThat(get("/tables?catalog_name=c&schema_name=" + encode("a&b=c+d%"))
                        .status())
                .isEqualTo(200);
        assertThat(get("/tables?catalog_name=c&schema_name=s").list("tables")).hasSize(5);
    }

    // ---- lists

    @Test
    void a_list_of_tables_has_views_and_columns_too_in_the_order_of_names() {
        done("POST", "/tables", view("b"));
        done("POST", "/tables", managed("a", stage("s", "a")));
        Answer list = get("/tables?catalog_name=C&schema_name=S");
        assertThat(list.names("tables")).containsExactly("a", "b");
        assertThat(((Map<?, ?>) list.list("tables").get(0)))
                .isEqualTo(get("/tables/c.s.a").body());
        assertThat(list.body().containsKey("next_page_token")).isFalse();
    }

    @Test
    void lists_in_pages_lose_nothing_and_repeat_nothing() {
        Set<String> made = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            made.add("v" + i);
            done("POST", "/tables", view("v" + i));
        }
        assertThat(paged("/tables?catalog_name=c&schema_name=s", "tables")).containsExactlyElementsOf(made);
        assertThat(paged("/schemas?catalog_name=c", "schemas")).containsExactly("default", "s");
    }

    /** Two at a time; in the middle something is made that belongs on an earlier page. */
    private List<String> paged(String list, String field) {
        var names = new ArrayList<String>();
        Answer page = get(list + "&max_results=2");
        names.addAll(page.names(field));
        done("POST", "/tables", view("a" + field));
        while (page.body().get("next_page_token") != null) {
            assertThat(page.list(field)).hasSize(2);
            page = get(list + "&max_results=2&page_token=" + encode(page.text("next_page_token")));
            names.addAll(page.names(field));
        }
        return names;
    }

    @Test
    void a_token_of_no_list_is_refused() {
        refused(
                get("/tables?catalog_name=c&schema_name=s&max_results=2&page_token=nonsense"),
                400,
                "INVALID_PARAMETER_VALUE");
        refused(get("/tables?catalog_name=c&schema_name=s&max_results=-1"), 400, "INVALID_PARAMETER_VALUE");
    }

    // ---- rights

    @Test
    void everybody_reads_and_only_owners_change() {
        done("POST", "/tables", view("v"));
        String stranger = strangersToken();
        assertThat(send(stranger, "GET", "/tables/c.s.v", "").status()).isEqualTo(200);
        refused(send(stranger, "PATCH", "/tables/c.s.v", "{}"), 403, "PERMISSION_DENIED");
        refused(send(stranger, "DELETE", "/tables/c.s.v", ""), 403, "PERMISSION_DENIED");
        refused(send(stranger, "POST", "/tables", view("w")), 403, "PERMISSION_DENIED");
        refused(send(stranger, "POST", "/staging-tables", staged("s", "w")), 403, "PERMISSION_DENIED");
        refused(send(stranger, "PATCH", "/schemas/c.s", "{\"comment\":\"x\"}"), 403, "PERMISSION_DENIED");
        refused(send(stranger, "DELETE", "/schemas/c.s?force=true", ""), 403, "PERMISSION_DENIED");
        refused(
                send(stranger, "POST", "/schemas", "{\"name\":\"x\",\"catalog_name\":\"c\"}"),
                403,
                "PERMISSION_DENIED");
        refused(send(stranger, "POST", "/catalogs", "{\"name\":\"x\"}"), 403, "PERMISSION_DENIED");
        assertThat(get("/tables/c.s.v").status()).isEqualTo(200);
    }

    @Test
    void everybody_makes_tables_in_the_default_schema_of_main_and_owns_them() {
        String stranger = strangersToken();
        String mine = view("v")
                .replace("\"schema_name\":\"s\"", "\"schema_name\":\"default\"")
                .replace("\"catalog_name\":\"c\"", "\"catalog_name\":\"main\"");
        assertThat(send(stranger, "POST", "/tables", mine).status()).isEqualTo(200);
        assertThat(send(stranger, "PATCH", "/tables/main.default.v", "{\"comment\":\"x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(get("/tables/main.default.v").text("owner")).isNotEqualTo(userName());
        assertThat(send(stranger, "DELETE", "/tables/main.default.v", "").status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_token_is_refused_and_changes_nothing() {
        refused(send("nobody", "GET", "/tables/c.s.no", ""), 403, "PERMISSION_DENIED");
        refused(send("nobody", "DELETE", "/schemas/c.s?force=true", ""), 403, "PERMISSION_DENIED");
        assertThat(get("/schemas/c.s").status()).isEqualTo(200);
    }
}
