package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.secret.SecretRoom;
import io.slipway.identity.secret.SecretScopes;
import io.slipway.identity.testing.People;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.spark.testing.FakeNodes;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkProcessesTest {
    private static final String TAG = "cp311-linux-x86_64";

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final RuntimeLines runtimes = RuntimeLines.bundled();
    private Database database;
    private Optional<ClusterStorage> storage = Optional.empty();

    @BeforeEach
    void makeARuntime() throws IOException {
        database = TestDatabases.sqlite(folder);
        RuntimeLine line = runtimes.newest();
        Path runtime = folder.resolve(
                "runtimes/" + line.id() + "-" + TAG + "-" + line.lock().hash());
        Files.createDirectories(runtime.resolve("jars"));
        Files.writeString(runtime.resolve("complete.json"), "{}");
        Files.writeString(folder.resolve("driver.jar"), "driver");
        Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho " + TAG + "\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Of a server whose key is all {@code key}; a new one each time, as after a restart. */
    private SparkProcesses processes(int key) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        String python = folder.resolve("python").toString();
        Base base = TestBase.of(database, clock);
        FakeDrivers drivers =
                new FakeDrivers(clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ZERO));
        return new SparkProcesses(
                new SparkProcesses.Settings(
                        "http://127.0.0.1:1",
                        "https://slipway.example.com",
                        "eu-west-1",
                        folder.resolve("nodes"),
                        folder.resolve("driver.jar"),
                        python,
                        new Places(workspace -> folder.resolve("dbfs"), folder.resolve("workspaces"), Optional.empty()),
                        storage),
                runtimes,
                new RuntimeInstalls(new RuntimeInstaller(folder, folder, python), Runnable::run),
                NodeTypes.bundled(),
                new FakeNodes(
                        clock,
                        Seam.QUIET,
                        (node, process) -> FakeNodes.Fate.good(Duration.ZERO),
                        drivers,
                        Optional::empty),
                new Drivers(base, new SessionTokens(bytes, clock)),
                new SecretReferences(
                        new Identities(base), new SecretRoom(base, new IdentityArea(base, new byte[32])).values()));
    }

    private Cluster cluster(int launch) {
        return cluster(launch, Map.of("spark.authenticate", "false"), Map.of("_SPARK_AUTH_SECRET", "mine", "A", "b"));
    }

    private Cluster cluster(int launch, Map<String, String> conf, Map<String, String> env) {
        return cluster(launch, conf, env, Optional.empty());
    }

    private Cluster cluster(
            int launch, Map<String, String> conf, Map<String, String> env, Optional<String> instanceProfile) {
        ClusterSpec spec = new ClusterSpec(
                "mine",
                "18.2.x-scala2.13",
                "m5.large",
                "m5.large",
                Optional.of(1),
                Optional.empty(),
                conf,
                env,
                Map.of(),
                0,
                instanceProfile);
        return new Cluster(
                "c-1",
                WorkspaceId.FIRST,
                spec,
                People.ANN.principal(),
                "API",
                ClusterState.RUNNING,
                "",
                launch,
                1,
                Optional.of(
                        new Cluster.LaunchDecision(runtimes.newest().id(), folder.toString(), 7077, false, "i-driver")),
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                0,
                0,
                0);
    }

    private static Node node(String id, Node.Role role, int launch, String address) {
        return new Node(id, "c-1", role, "m5.large", launch, Node.State.UP, id, address, 0, 0, List.of());
    }

    private WantedProcess wanted(int key, int launch, String id) {
        Node driver = node("i-driver", Node.Role.DRIVER, launch, "127.0.0.2");
        Node node = id.equals("i-driver") ? driver : node(id, Node.Role.WORKER, launch, "127.0.0.3");
        return processes(key).plan(cluster(launch), node, List.of(driver, node)).orElseThrow();
    }

    private static String secret(WantedProcess process) {
        return secret(process, "sparkSecret");
    }

    private static String secret(WantedProcess process, String kind) {
        return Json.read(process.files().get(0).content(), JsonNode.class)
                .path(kind)
                .asText();
    }

    @Test
    void every_process_of_a_launch_gets_its_secret_also_after_a_restart_and_only_in_a_private_file() {
        WantedProcess driver = wanted(1, 1, "i-driver");

        assertThat(secret(driver)).hasSize(64);
        for (String worker : List.of("i-first", "i-replacement")) {
            assertThat(secret(wanted(1, 1, worker))).isEqualTo(secret(driver));
        }
        for (WantedProcess process : List.of(driver, wanted(1, 1, "i-first"))) {
            assertThat(process.files())
                    .allSatisfy(file -> assertThat(file.mode()).isEqualTo("600"));
            assertThat(process.toString()).doesNotContain(secret(driver));
            assertThat(process.env()).containsEntry("A", "b").doesNotContainKey("_SPARK_AUTH_SECRET");
        }
    }

    @Test
    void the_secret_of_spark_s_pages_is_another_one_and_the_same_for_the_whole_launch() {
        WantedProcess driver = wanted(1, 1, "i-driver");
        String pages = secret(driver, "pageSecret");

        assertThat(pages).hasSize(64).isNotEqualTo(secret(driver));
        assertThat(secret(wanted(1, 1, "i-first"), "pageSecret")).isEqualTo(pages);
        assertThat(secret(wanted(1, 2, "i-driver"), "pageSecret")).isNotEqualTo(pages);
        assertThat(driver.toString()).doesNotContain(pages);
    }

    @Test
    void another_launch_and_another_platform_have_another_secret() {
        String secret = secret(wanted(1, 1, "i-driver"));

        assertThat(secret(wanted(1, 2, "i-driver"))).isNotEqualTo(secret);
        assertThat(secret(wanted(2, 1, "i-driver"))).isNotEqualTo(secret);
    }

    @Test
    void code_on_the_cluster_can_read_which_cluster_it_is_on() {
        JsonNode conf = Json.read(wanted(1, 1, "i-driver").files().get(0).content(), JsonNode.class)
                .path("sparkConf");
        String tags = "spark.databricks.clusterUsageTags.";
        assertThat(conf.path(tags + "clusterId").asText()).isEqualTo("c-1");
        assertThat(conf.path(tags + "clusterName").asText()).isEqualTo("mine");
        assertThat(conf.path(tags + "sparkVersion").asText()).isEqualTo("18.2.x-scala2.13");
        assertThat(conf.path(tags + "clusterOwnerOrgId").asText()).isEqualTo("1001");
        assertThat(conf.path(tags + "clusterAllTags").asText())
                .isEqualTo("[{\"key\":\"ClusterId\",\"value\":\"c-1\"},{\"key\":\"ClusterName\",\"value\":\"mine\"}]");
    }

    private void secret(Caller owner, String scope, String key, String value) {
        Base base = TestBase.of(database, clock);
        People.known(database);
        SecretRoom room = new SecretRoom(base, new IdentityArea(base, new byte[32]));
        room.scopes().create(owner, scope, SecretScopes.ManagedBy.CREATOR);
        room.values().put(owner, scope, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private List<WantedProcess> planned(Cluster cluster, List<ObservedProcess> observed) {
        Node driver = new Node(
                "i-driver", "c-1", Node.Role.DRIVER, "m5.large", 1, Node.State.UP, "i", "127.0.0.2", 0, 0, observed);
        Node worker = node("i-worker", Node.Role.WORKER, 1, "127.0.0.3");
        return List.of(driver, worker).stream()
                .flatMap(node -> processes(0).plan(cluster, node, List.of(driver, worker)).stream())
                .toList();
    }

    @Test
    void references_to_secrets_are_resolved_as_the_creator_and_only_in_the_environment_and_private_files() {
        secret(People.ANN, "app/db", "key", "hunt$er\\2");
        Cluster cluster = cluster(
                1,
                Map.of("spark.my.url", "jdbc:{{secrets/app/db/key}}@{{secrets/APP/db/KEY}}", "spark.x", "{{x}}"),
                Map.of("PASSWORD", "{{secrets/app/db/key}}", "A", "b"));
        assertThat(processes(0).refusal(cluster)).isEmpty();
        List<WantedProcess> both = planned(cluster, List.of());
        assertThat(both).hasSize(2).allSatisfy(process -> {
            assertThat(process.env()).containsEntry("PASSWORD", "hunt$er\\2").containsEntry("A", "b");
            assertThat(process.argv().toString()).doesNotContain("hunt");
            assertThat(process.toString()).doesNotContain("hunt");
        });
        JsonNode config = Json.read(both.get(0).files().get(0).content(), JsonNode.class);
        assertThat(config.path("sparkConf").path("spark.my.url").asText()).isEqualTo("jdbc:hunt$er\\2@hunt$er\\2");
        assertThat(config.path("sparkConf").path("spark.x").asText()).isEqualTo("{{x}}");
        assertThat(config.path("secrets"))
                .hasSize(1)
                .first()
                .extracting(JsonNode::asText)
                .isEqualTo("hunt$er\\2");
        assertThat(cluster.toString()).doesNotContain("hunt");
    }

    private TerminationReason refusal(Map<String, String> conf) {
        return processes(0).refusal(cluster(1, conf, Map.of())).orElseThrow();
    }

    @Test
    void a_reference_that_the_creator_may_not_follow_refuses_the_start_by_name() {
        secret(People.BOB, "bobs", "key", "value");
        assertThat(planned(cluster(1, Map.of("spark.a", "{{secrets/bobs/key}}"), Map.of()), List.of()))
                .isEmpty();
        assertThat(refusal(Map.of("spark.a", "{{secrets/bobs/key}}")))
                .isEqualTo(TerminationReason.clientError(
                        "SECRET_PERMISSION_DENIED",
                        "spark_conf.spark.a: User ann@example.com does not have READ permission on scope bobs"));
        assertThat(refusal(Map.of("spark.a", "{{secrets/none/key}}")).message())
                .isEqualTo("spark_conf.spark.a: Scope none does not exist!");
        assertThat(refusal(Map.of("spark.a", "{{secrets/none}}")))
                .isEqualTo(TerminationReason.clientError(
                        "SECRET_RESOLUTION_ERROR",
                        "spark_conf.spark.a must refer to a secret as {{secrets/scope/key}}."));
        for (String process : List.of("driver", "executor")) {
            assertThat(refusal(Map.of("spark." + process + ".extraJavaOptions", "-Da={{secrets/bobs/key}}"))
                            .message())
                    .contains("command lines");
        }
    }

    @Test
    void processes_are_told_of_the_platforms_bucket_and_where_its_keys_are_but_not_the_keys() {
        assertThat(config(wanted(1, 1, "i-driver")).has("storage")).isFalse();
        storage = Optional.of(new ClusterStorage(
                "http://here:1", "eu-west-1", workspace -> Optional.of(URI.create("slipway-store://b/dbfs"))));
        WantedProcess driver = wanted(1, 1, "i-driver");
        assertThat(config(driver).path("storage"))
                .isEqualTo(Json.mapper()
                        .createObjectNode()
                        .put("endpoint", "http://here:1")
                        .put("region", "eu-west-1")
                        .put("dbfs", "slipway-store://b/dbfs"));
        assertThat(config(driver).path("dbfsRoot").asText())
                .isEqualTo(folder.resolve("dbfs").toString());
        for (WantedProcess process : List.of(driver, wanted(1, 1, "i-worker"))) {
            assertThat(process.credentials().orElseThrow().storage()).isTrue();
            assertThat(process.credentials().orElseThrow().role()).isFalse();
        }
        storage = Optional.of(new ClusterStorage("http://here:1", "eu-west-1", workspace -> Optional.empty()));
        assertThat(config(wanted(1, 1, "i-driver")).path("storage").has("dbfs")).isFalse();
    }

    private static JsonNode config(WantedProcess process) {
        return Json.read(process.files().get(0).content(), JsonNode.class);
    }

    @Test
    void clients_of_aws_find_the_server_and_the_keys_of_the_nodes_role_or_none() {
        WantedProcess without = planned(cluster(1), List.of()).get(0);
        assertThat(without.credentials()).isEmpty();
        assertThat(without.env())
                .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                .containsEntry("AWS_REGION", "eu-west-1")
                .containsEntry("AWS_EC2_METADATA_DISABLED", "true");
        Cluster with = cluster(
                1,
                Map.of(),
                Map.of("AWS_ENDPOINT_URL", "https://s3.example.com"),
                Optional.of("arn:aws:iam::111122223333:instance-profile/reader"));
        WantedProcess found = planned(with, List.of()).get(0);
        assertThat(found.credentials())
                .contains(new WantedProcess.CredentialPlace("127.0.0.2", "eu-west-1", true, false));
        assertThat(found.env())
                .containsEntry("AWS_ENDPOINT_URL", "https://s3.example.com")
                .doesNotContainKey("AWS_EC2_METADATA_DISABLED");
    }

    @Test
    void options_for_the_drivers_jvm_act_or_refuse_the_start() {
        Cluster cluster = cluster(1, Map.of("spark.driver.extraJavaOptions", "-Da='b c' -Xss4m"), Map.of());
        assertThat(planned(cluster, List.of()).get(0).argv()).contains("-Da=b c", "-Xss4m");
        assertThat(refusal(Map.of("spark.driver.extraJavaOptions", "-Xmx9g")))
                .isEqualTo(TerminationReason.clientError(
                        "INVALID_ARGUMENT",
                        "spark_conf.spark.driver.extraJavaOptions cannot set the heap (-Xmx9g): it follows the memory of"
                                + " the driver's node type."));
    }

    @Test
    void a_process_that_runs_stays_planned_when_its_secret_has_gone() {
        secret(People.BOB, "bobs", "key", "value");
        Cluster cluster = cluster(1, Map.of("spark.a", "{{secrets/bobs/key}}"), Map.of());
        ObservedProcess running = new ObservedProcess(
                "driver", 1, ObservedProcess.State.RUNNING, Optional.empty(), Optional.empty(), Optional.empty(), "");
        assertThat(planned(cluster, List.of(running)))
                .extracting(WantedProcess::name, WantedProcess::generation)
                .containsExactly(tuple("driver", 1));
    }
}
