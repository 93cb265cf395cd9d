package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.databricks.sdk.service.compute.AddInstanceProfile;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.jobs.JobsAPI;
import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.server.Ports;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The legacy CLI, unchanged, with the seed's cluster. It drops the port of its host, so the platform must listen on port 80 of
 * 127.0.0.1.
 */
@NullUnmarked
@ExtendWith(OneMoreCluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LegacyCliTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PLAIN_PORT = 80;

    @TempDir
    static Path home;

    private static PlatformProcess platform;
    private static PythonClients client;
    private static JsonNode seed;
    private static String id;
    /** Of other clusters. */
    private static List<String> otherNodes;

    @BeforeAll
    static void create_the_seed_cluster() throws IOException {
        boolean plain = Ports.canBind(PLAIN_PORT);
        if (System.getenv("CI") != null) {
            assertThat(plain).as("the build must be able to listen on port 80").isTrue();
        }
        assumeTrue(plain, "port 80 of 127.0.0.1 is taken, or not allowed to this user");
        platform = PlatformProcess.start(PLAIN_PORT);
        client = new PythonClients(home, "http://127.0.0.1", platform.token());
        Path file = Path.of("src", "test", "resources", "seed.json").toAbsolutePath();
        seed = Json.read(Files.readString(file), JsonNode.class);
        // As an admin has done where the seed comes from; nobody here can tell whether machines get its role there.
        platform.client()
                .instanceProfiles()
                .add(new AddInstanceProfile()
                        .setInstanceProfileArn(seed.path("aws_attributes")
                                .path("instance_profile_arn")
                                .asText())
                        .setSkipValidation(true));
        otherNodes = platform.nodes();
        id = client.json("clusters", "create", "--json-file", file.toString())
                .path("cluster_id")
                .asText();
        awaitState(State.RUNNING);
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    private static JsonNode cluster() {
        return client.json("clusters", "get", "--cluster-id", id);
    }

    /** The CLI takes long to ask; it is asked when there is something to see. */
    private static void awaitState(State wanted) {
        platform.awaitCluster(id, wanted);
        assertThat(cluster().path("state").asText()).isEqualTo(wanted.name());
    }

    private static Path file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void the_seed_cluster_runs_and_shows_back_every_field_as_it_was_sent() {
        JsonNode cluster = cluster();
        seed.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                assertThat(cluster.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        });
        assertThat(cluster.properties()).noneMatch(field -> field.getValue().isNull());
        assertThat(cluster.path("driver").path("private_ip").asText()).startsWith("127.");
        assertThat(cluster.path("executors")).hasSize(1);
        assertThat(client.json("clusters", "get", "--cluster-name", "dataengineeringe2e")
                        .path("cluster_id")
                        .asText())
                .isEqualTo(id);
        assertThat(client.cli("clusters", "list"))
                .contains(id)
                .contains("dataengineeringe2e")
                .contains("RUNNING");
        assertThat(client.cli("clusters", "events", "--cluster-id", id))
                .contains("CREATING")
                .contains("RUNNING")
                .contains("Spark version 7.0.x-scala2.12 runs as 17.3 LTS here");
    }

    @Test
    void versions_node_types_and_zones_are_listed() {
        assertThat(client.json("clusters", "spark-versions").path("versions").findValuesAsText("key"))
                .contains("18.2.x-scala2.13", "17.3.x-scala2.13");
        assertThat(client.json("clusters", "list-node-types").path("node_types").findValuesAsText("node_type_id"))
                .contains("r4.xlarge", "i3.xlarge", "m5.large");
        assertThat(client.json("clusters", "list-zones").path("zones").toString())
                .contains("ap-southeast-1c");
    }

    @Test
    void a_job_that_is_spread_over_the_worker_is_right() throws Exception {
        try (Repl repl = new Repl(platform.client(), id)) {
            assertThat(repl.python("print(spark.version, sc.master.startswith('spark://'))"))
                    .isEqualTo("4.0.1 True");
            assertThat(repl.python("""
                    pairs = sc.parallelize(range(1000), 4).map(lambda x: (x % 7, x)).reduceByKey(lambda a, b: a + b)
                    print(sum(pairs.values().collect()), pairs.count())
                    """)).isEqualTo("499500 7");
            assertThat(repl.sql("select sum(id), count(distinct id % 10) from range(0, 100000, 1, 8)"))
                    .isEqualTo("[[4999950000, 10]]");
        }
    }

    @Tag("soak")
    @Test
    void tables_of_the_catalog_live_on_the_older_spark() throws Exception {
        try (Repl repl = new Repl(platform.client(), id)) {
            repl.sql("create schema main.seed");
            repl.sql("create table main.seed.t (id bigint, name string)");
            repl.sql("insert into main.seed.t values (1, 'a'), (2, 'b')");
            repl.sql("update main.seed.t set name = 'c' where id = 2");
            assertThat(repl.sql("select * from main.seed.t order by id")).isEqualTo("[[1, a], [2, c]]");
            assertThat(platform.client().tables().get("main.seed.t").getColumns())
                    .hasSize(2);
            repl.sqlError("create view main.seed.v as select 1");
        }
    }

    @Test
    void the_workspace_is_listed_imported_exported_and_emptied() throws Exception {
        file("tree/note.py", "# Databricks notebook source\nprint('hi')");
        file("tree/deep/query.sql", "-- Databricks notebook source\nselect 1");
        file("tree/readme.txt", "no notebook");
        client.cli("workspace", "mkdirs", "/Shared/cli");
        assertThat(client.cli("workspace", "ls", "/Shared").lines()).contains("cli");
        client.cli("workspace", "import", "-l", "PYTHON", "tree/note.py", "/Shared/cli/note");
        assertThat(client.refused("workspace", "import", "-l", "PYTHON", "tree/note.py", "/Shared/cli/note"))
                .contains("RESOURCE_ALREADY_EXISTS");
        client.cli("workspace", "import", "-o", "-l", "PYTHON", "tree/note.py", "/Shared/cli/note");
        client.cli("workspace", "export", "/Shared/cli/note", "back.py");
        assertThat(home.resolve("back.py")).hasSameTextualContentAs(home.resolve("tree/note.py"));
        client.cli("workspace", "export", "-f", "JUPYTER", "/Shared/cli/note", "back.ipynb");
        assertThat(home.resolve("back.ipynb")).content().contains("\"nbformat\"");
        client.cli("workspace", "import_dir", "tree", "/Shared/cli/tree");
        assertThat(client.cli("workspace", "ls", "-l", "/Shared/cli/tree"))
                .contains("NOTEBOOK   note  PYTHON")
                .contains("DIRECTORY  deep")
                .doesNotContain("readme");
        client.cli("workspace", "export_dir", "/Shared/cli/tree", "out");
        assertThat(home.resolve("out/note.py")).hasSameTextualContentAs(home.resolve("tree/note.py"));
        assertThat(home.resolve("out/deep/query.sql")).hasSameTextualContentAs(home.resolve("tree/deep/query.sql"));
        assertThat(client.refused("workspace", "rm", "/Shared/cli")).contains("DIRECTORY_NOT_EMPTY");
        client.cli("workspace", "rm", "-r", "/Shared/cli");
        assertThat(client.refused("workspace", "ls", "/Shared/cli")).contains("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void files_are_copied_up_and_down_shown_moved_and_removed() throws Exception {
        Path small = file("files/a.txt", "plain\n");
        Path large = home.resolve("files/deep/large.bin");
        Files.createDirectories(large.getParent());
        Files.write(large, new byte[3 << 20]);
        client.cli("fs", "mkdirs", "dbfs:/cli/in");
        client.cli("fs", "cp", small.toString(), "dbfs:/cli/in/a.txt");
        assertThat(client.cli("fs", "cat", "dbfs:/cli/in/a.txt")).isEqualTo("plain\n");
        assertThat(client.refused("fs", "cp", small.toString(), "dbfs:/cli/in/a.txt"))
                .contains("RESOURCE_ALREADY_EXISTS");
        client.cli("fs", "cp", "--overwrite", small.toString(), "dbfs:/cli/in/a.txt");
        client.cli("fs", "cp", "-r", "files", "dbfs:/cli/tree");
        assertThat(client.cli("fs", "ls", "-l", "dbfs:/cli/tree"))
                .containsPattern("file +6 +a.txt")
                .containsPattern("dir +0 +deep");
        client.cli("fs", "cp", "-r", "dbfs:/cli/tree", "down");
        assertThat(home.resolve("down/a.txt")).hasSameTextualContentAs(small);
        assertThat(home.resolve("down/deep/large.bin")).hasSameBinaryContentAs(large);
        client.cli("fs", "mv", "dbfs:/cli/in/a.txt", "dbfs:/cli/moved.txt");
        assertThat(client.cli("fs", "ls", "dbfs:/cli").lines()).containsExactlyInAnyOrder("in", "moved.txt", "tree");
        client.cli("fs", "rm", "-r", "dbfs:/cli");
        assertThat(client.refused("fs", "ls", "dbfs:/cli")).contains("RESOURCE_DOES_NOT_EXIST");
    }

    private void notebook(String name, String code) throws IOException {
        client.cli("workspace", "mkdirs", "/Shared/runs");
        Path file = file(name + ".py", "# Databricks notebook source\n" + code);
        client.cli("workspace", "import", "-o", "-l", "PYTHON", file.toString(), "/Shared/runs/" + name);
    }

    private static ObjectNode task(String notebook) {
        ObjectNode task = Json.mapper().createObjectNode().put("existing_cluster_id", id);
        task.putObject("notebook_task").put("notebook_path", "/Shared/runs/" + notebook);
        return task;
    }

    private static void awaitEnd(String run) {
        JobsAPI jobs = platform.client().jobs();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> jobs.getRun(Long.parseLong(run)).getState().getLifeCycleState(),
                        RunLifeCycleState.TERMINATED::equals);
        assertThat(client.json("runs", "get", "--run-id", run)
                        .path("state")
                        .path("life_cycle_state")
                        .asText())
                .isEqualTo("TERMINATED");
    }

    @Test
    void a_job_of_the_old_form_is_created_run_changed_and_deleted() throws Exception {
        notebook("answer", "dbutils.notebook.exit(dbutils.widgets.get('x'))");
        ObjectNode settings = task("answer").put("name", "old form");
        settings.withObject("/notebook_task").putObject("base_parameters").put("x", "1");
        String job = client.json("jobs", "create", "--json", settings.toString())
                .path("job_id")
                .asText();
        assertThat(client.cli("jobs", "list")).contains(job).contains("old form");
        JsonNode shown = client.json("jobs", "get", "--job-id", job).path("settings");
        assertThat(shown.path("notebook_task")).isEqualTo(settings.path("notebook_task"));
        assertThat(shown.has("tasks")).isFalse();

        String run = client.json("jobs", "run-now", "--job-id", job, "--notebook-params", "{\"x\":\"two\"}")
                .path("run_id")
                .asText();
        awaitEnd(run);
        JsonNode ended = client.json("runs", "get", "--run-id", run);
        assertThat(ended.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
        assertThat(ended.path("job_id").asText()).isEqualTo(job);
        assertThat(client.json("runs", "get-output", "--run-id", run)
                        .path("notebook_output")
                        .path("result")
                        .asText())
                .isEqualTo("two");
        assertThat(client.cli("runs", "list", "--job-id", job)).contains(run).contains("SUCCESS");

        client.cli(
                "jobs",
                "reset",
                "--job-id",
                job,
                "--json",
                settings.put("name", "changed").toString());
        assertThat(client.cli("jobs", "list")).contains("changed").doesNotContain("old form");
        client.cli("jobs", "delete", "--job-id", job);
        assertThat(client.refused("jobs", "get", "--job-id", job)).contains("Job " + job + " does not exist");
        assertThat(client.json("runs", "get", "--run-id", run).path("run_id").asText())
                .isEqualTo(run);
    }

    @Test
    void a_job_of_several_tasks_is_created_and_run_by_version_2_1() throws Exception {
        notebook("answer", "dbutils.notebook.exit('done')");
        ObjectNode settings = Json.mapper().createObjectNode().put("name", "new form");
        var tasks = settings.putArray("tasks");
        tasks.add(task("answer").put("task_key", "first"));
        ObjectNode second = task("answer").put("task_key", "second");
        second.putArray("depends_on").addObject().put("task_key", "first");
        tasks.add(second);
        String job = client.json("jobs", "create", "--version", "2.1", "--json", settings.toString())
                .path("job_id")
                .asText();
        assertThat(client.json("jobs", "get", "--version", "2.1", "--job-id", job)
                        .path("settings")
                        .path("tasks")
                        .findValuesAsText("task_key"))
                .contains("first", "second");
        assertThat(client.cli("jobs", "list", "--version", "2.1")).contains("new form");
        String run = client.json("jobs", "run-now", "--version", "2.1", "--job-id", job)
                .path("run_id")
                .asText();
        awaitEnd(run);
        JsonNode ended = client.json("runs", "get", "--version", "2.1", "--run-id", run);
        assertThat(ended.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
        assertThat(ended.path("tasks")).hasSize(2);
        assertThat(client.cli("runs", "list", "--version", "2.1", "--job-id", job))
                .contains(run);
        client.cli("jobs", "delete", "--version", "2.1", "--job-id", job);
    }

    @Test
    void a_run_without_a_job_is_submitted_waited_for_and_another_cancelled() throws Exception {
        notebook("fine", "print('fine')");
        notebook("endless", "import time\nwhile True: time.sleep(0.1)");
        String waited = client.cli(
                "runs",
                "submit",
                "--wait",
                "--json",
                task("fine").put("run_name", "once").toString());
        assertThat(waited).contains("run_id");
        String endless = client.json("runs", "submit", "--json", task("endless").toString())
                .path("run_id")
                .asText();
        client.cli("runs", "cancel", "--run-id", endless);
        awaitEnd(endless);
        assertThat(client.json("runs", "get", "--run-id", endless)
                        .path("state")
                        .path("result_state")
                        .asText())
                .isEqualTo("CANCELED");
    }

    @Test
    void tokens_are_made_listed_and_revoked() {
        JsonNode made = client.json("tokens", "create", "--comment", "by the CLI", "--lifetime-seconds", "600");
        String token = made.path("token_info").path("token_id").asText();
        assertThat(made.path("token_value").asText()).startsWith("dapi");
        assertThat(client.cli("tokens", "list")).contains(token).contains("by the CLI");
        client.cli("tokens", "revoke", "--token-id", token);
        assertThat(client.cli("tokens", "list")).doesNotContain(token);
    }

    @Test
    void secrets_are_kept_in_scopes_and_shared() {
        client.cli("secrets", "create-scope", "--scope", "legacy", "--initial-manage-principal", "users");
        client.cli("secrets", "put", "--scope", "legacy", "--key", "k", "--string-value", "hush!");
        assertThat(client.cli("secrets", "list-scopes")).contains("legacy", "DATABRICKS");
        assertThat(client.cli("secrets", "list", "--scope", "legacy"))
                .contains("k")
                .doesNotContain("hush!");
        client.cli("secrets", "put-acl", "--scope", "legacy", "--principal", "admins", "--permission", "READ");
        assertThat(client.cli("secrets", "list-acls", "--scope", "legacy"))
                .contains("admins", "READ", "users", "MANAGE");
        assertThat(client.cli("secrets", "get-acl", "--scope", "legacy", "--principal", "users"))
                .contains("MANAGE");
        client.cli("secrets", "delete-acl", "--scope", "legacy", "--principal", "admins");
        client.cli("secrets", "delete", "--scope", "legacy", "--key", "k");
        client.cli("secrets", "delete-scope", "--scope", "legacy");
        assertThat(client.refused("secrets", "list", "--scope", "legacy")).contains("RESOURCE_DOES_NOT_EXIST");
    }

    /** Last, because the others need the cluster. */
    @Test
    @Order(Integer.MAX_VALUE)
    void the_seed_cluster_is_resized_restarted_ended_started_and_forgotten() {
        client.cli("clusters", "resize", "--cluster-id", id, "--num-workers", "2");
        awaitState(State.RUNNING);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> cluster().path("executors").size(), size -> size == 2);
        assertThat(cluster().path("num_workers").asInt()).isEqualTo(2);
        client.cli("clusters", "resize", "--cluster-id", id, "--num-workers", "1");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> cluster().path("executors").size(), size -> size == 1);
        awaitState(State.RUNNING);
        client.cli("clusters", "restart", "--cluster-id", id);
        awaitState(State.RUNNING);
        client.cli("clusters", "delete", "--cluster-id", id);
        awaitState(State.TERMINATED);
        assertThat(cluster().path("termination_reason").path("code").asText()).isEqualTo("USER_REQUEST");
        client.cli("clusters", "start", "--cluster-id", id);
        awaitState(State.RUNNING);
        List<String> types = new ArrayList<>();
        client.cli("clusters", "events", "--cluster-id", id, "--output", "JSON")
                .lines()
                .filter(line -> line.contains("\"type\""))
                .forEach(types::add);
        assertThat(types.toString()).contains("RESIZING").contains("RESTARTING").contains("TERMINATING");
        client.cli("clusters", "permanent-delete", "--cluster-id", id);
        assertThat(client.refused("clusters", "get", "--cluster-id", id)).contains("Cluster " + id + " does not exist");
        Awaitility.await().atMost(PATIENCE).until(() -> otherNodes.containsAll(platform.nodes()));
    }
}
