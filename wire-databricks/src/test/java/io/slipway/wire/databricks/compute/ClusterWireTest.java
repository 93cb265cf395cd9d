package io.slipway.wire.databricks.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.wire.databricks.Golden;
import io.slipway.wire.databricks.WorkServer;
import io.slipway.wire.databricks.WorkServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers of the Clusters API. */
@NullUnmarked
class ClusterWireTest {
    private static final String FULL = "{'cluster_name':'flights','spark_version':'18.0.x-scala2.13',"
            + "'node_type_id':'m5.large','driver_node_type_id':'m5.xlarge','autoscale':{'min_workers':1,'max_workers':3},"
            + "'autotermination_minutes':30,'spark_conf':{'spark.a':'b'},'spark_env_vars':{'A':'1'},"
            + "'custom_tags':{'team':'x'},'aws_attributes':{'first_on_demand':1,'availability':'SPOT_WITH_FALLBACK',"
            + "'zone_id':'ap-southeast-1a','spot_bid_price_percent':100},'ssh_public_keys':[],'enable_elastic_disk':true,"
            + "'data_security_mode':'SINGLE_USER','runtime_engine':'STANDARD','init_scripts':[],'cluster_log_conf':{},"
            + "'workload_type':{'clients':{'jobs':true,'notebooks':true}},'field_of_tomorrow':1}";
    private static final String SMALL =
            "{'cluster_name':'%s','spark_version':'18.0.x-scala2.13','node_type_id':'m5.large'," + "'num_workers':0}";

    private WorkServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new WorkServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String create(String body) {
        return server.post("/api/2.1/clusters/create", body)
                .body()
                .path("cluster_id")
                .asText();
    }

    private Answer act(String verb, String id) {
        return server.post("/api/2.1/clusters/" + verb, "{'cluster_id':'" + id + "'}");
    }

    private JsonNode get(String id) {
        return server.get("/api/2.1/clusters/get?cluster_id=" + id).body();
    }

    /** What the reconciler would have come to. */
    private void running(String id, int workers) {
        server.write(
                "update cluster set state = 'RUNNING', state_message = '', target_workers = ? where id = ?",
                workers,
                id);
        for (int i = 0; i <= workers; i++) {
            server.write("""
                    insert into node (id, cluster_id, role, node_type, launch, state, instance_id, address, created_at,
                        seen_at, observed)
                    values (?, ?, ?, 'm5.large', 1, 'UP', ?, ?, 1700000000000, 0, '[]')
                    """, "n-" + id + i, id, i == 0 ? "DRIVER" : "WORKER", i == 0 ? "" : "i-" + i, "10.0.0." + i);
        }
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.path("clusters").spliterator(), false)
                .map(each -> each.path("cluster_name").asText())
                .toList();
    }

    @Test
    void a_new_cluster_is_shown_with_everything_that_was_sent() {
        Golden.same(ClusterWireTest.class, "get-new", get(create(FULL)));
    }

    @Test
    void a_running_cluster_is_shown_with_its_machines() {
        String id = create(FULL);
        running(id, 2);
        Golden.same(ClusterWireTest.class, "get-running", get(id));
    }

    @Test
    void a_terminated_cluster_says_why() {
        String id = create(SMALL.formatted("short"));
        running(id, 0);
        server.clock.advance(Duration.ofMinutes(5));
        assertThat(act("delete", id).status()).isEqualTo(200);
        server.write("delete from node");
        server.write("update cluster set state = 'TERMINATED', terminated_at = 1700000300000 where id = ?", id);
        Golden.same(ClusterWireTest.class, "get-terminated", get(id));
        assertThat(act("start", id).status()).isEqualTo(200);
        assertThat(get(id).path("state").asText()).isEqualTo("PENDING");
    }

    @Test
    void lists_have_the_same_clusters_in_both_versions_and_pages_in_the_later_one() {
        create(FULL);
        server.clock.advance(Duration.ofSeconds(1));
        create(SMALL.formatted("small"));
        Golden.same(
                ClusterWireTest.class,
                "list-2.0",
                server.get("/api/2.0/clusters/list").body());
        Golden.same(
                ClusterWireTest.class,
                "list-2.1",
                server.get("/api/2.1/clusters/list").body());
        JsonNode first = server.get("/api/2.1/clusters/list?page_size=1").body();
        assertThat(names(first)).containsExactly("small");
        JsonNode second = server.get("/api/2.1/clusters/list?page_size=1&page_token="
                        + first.path("next_page_token").asText())
                .body();
        assertThat(names(second)).containsExactly("flights");
        assertThat(second.path("prev_page_token").asText()).isNotEmpty();
        assertThat(second.path("next_page_token").asText()).isEmpty();
    }

    @Test
    void lists_are_narrowed_and_sorted_as_asked() {
        String b = create(SMALL.formatted("b"));
        server.clock.advance(Duration.ofSeconds(1));
        create(SMALL.formatted("a"));
        act("pin", b);
        String list = "/api/2.1/clusters/list?";
        assertThat(names(server.get(list + "sort_by.field=CLUSTER_NAME").body()))
                .containsExactly("a", "b");
        assertThat(names(server.get(list + "sort_by.field=CLUSTER_NAME&sort_by.direction=DESC")
                        .body()))
                .containsExactly("b", "a");
        assertThat(names(server.get(list + "sort_by.direction=DESC").body())).containsExactly("b", "a");
        assertThat(names(server.get(list + "filter_by.is_pinned=true").body())).containsExactly("b");
        assertThat(names(server.get(list + "filter_by.cluster_states=RUNNING").body()))
                .isEmpty();
        assertThat(names(server.get(list + "filter_by.cluster_sources=JOB").body()))
                .isEmpty();
        assertThat(names(server.get(list + "filter_by.policy_id=p").body())).isEmpty();
    }

    @Test
    void events_tell_the_life_of_a_cluster() {
        String id = create(FULL);
        running(id, 1);
        server.post("/api/2.1/clusters/resize", "{'cluster_id':'" + id + "','num_workers':2}");
        server.write("update cluster set state = 'RUNNING' where id = ?", id);
        server.clock.advance(Duration.ofSeconds(1));
        server.post(
                "/api/2.1/clusters/edit",
                "{'cluster_id':'" + id + "'," + SMALL.formatted("edited").substring(1));
        server.clock.advance(Duration.ofSeconds(1));
        act("pin", id);
        act("unpin", id);
        act("delete", id);
        JsonNode events = server.post("/api/2.1/clusters/events", "{'cluster_id':'" + id + "','order':'ASC'}")
                .body();
        Golden.same(ClusterWireTest.class, "events", events);
        JsonNode page = server.post("/api/2.1/clusters/events", "{'cluster_id':'" + id + "','limit':2,'offset':1}")
                .body();
        Golden.same(ClusterWireTest.class, "events-page", page);
        JsonNode some = server.post(
                        "/api/2.1/clusters/events", "{'cluster_id':'" + id + "','event_types':['PINNED','DBFS_DOWN']}")
                .body();
        assertThat(some.path("total_count").asInt()).isEqualTo(1);
        assertThat(some.path("events").get(0).path("type").asText()).isEqualTo("PINNED");
    }

    @Test
    void events_and_lists_are_asked_for_within_bounds() {
        String id = create(SMALL.formatted("c"));
        for (String wrong : List.of("'limit':501", "'offset':-1", "'event_types':['LUNCH']", "'order':'UP'")) {
            Answer answer = server.post("/api/2.1/clusters/events", "{'cluster_id':'" + id + "'," + wrong + "}");
            assertThat(answer.status()).as(wrong).isEqualTo(400);
        }
        for (String wrong : List.of("page_size=101", "page_token=forged", "filter_by.cluster_states=LUNCH")) {
            assertThat(server.get("/api/2.1/clusters/list?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void an_edit_replaces_what_was_sent_and_a_resize_only_the_size() {
        String id = create(FULL);
        running(id, 1);
        server.post(
                "/api/2.1/clusters/resize",
                "{'cluster_id':'" + id + "','autoscale':{'min_workers':2,'max_workers':4}}");
        JsonNode resized = get(id);
        assertThat(resized.path("autoscale").toString()).isEqualTo("{\"min_workers\":2,\"max_workers\":4}");
        assertThat(resized.path("aws_attributes").path("zone_id").asText()).isEqualTo("ap-southeast-1a");
        server.write("update cluster set state = 'RUNNING' where id = ?", id);
        server.post(
                "/api/2.1/clusters/edit",
                "{'cluster_id':'" + id + "'," + SMALL.formatted("edited").substring(1));
        JsonNode edited = get(id);
        assertThat(edited.path("cluster_name").asText()).isEqualTo("edited");
        assertThat(edited.path("num_workers").asInt(-1)).isZero();
        assertThat(edited.has("autoscale")).isFalse();
        assertThat(edited.has("aws_attributes")).isFalse();
        assertThat(edited.path("state").asText()).isEqualTo("RESTARTING");
    }

    @Test
    void a_token_that_was_used_before_finds_its_cluster() {
        String body = SMALL.formatted("once").replace("}", ",'idempotency_token':'t'}");
        assertThat(create(body)).isEqualTo(create(body)).isNotEmpty();
    }

    @Test
    void a_cluster_that_is_not_there_is_named() {
        for (String verb : List.of("start", "restart", "delete", "permanent-delete", "pin", "unpin")) {
            Answer answer = act(verb, "gone");
            assertThat(answer.status()).as(verb).isEqualTo(400);
            assertThat(answer.message()).as(verb).isEqualTo("Cluster gone does not exist");
        }
        assertThat(server.post("/api/2.1/clusters/start", "{}").message()).contains("cluster_id");
    }

    @Test
    void a_deleted_cluster_is_not_listed_any_more() {
        String id = create(SMALL.formatted("short"));
        assertThat(act("permanent-delete", id).status()).isEqualTo(200);
        assertThat(names(server.get("/api/2.0/clusters/list").body())).isEmpty();
    }

    @Test
    void node_types_zones_and_versions_are_those_that_clients_know() {
        JsonNode types = server.get("/api/2.1/clusters/list-node-types").body().path("node_types");
        for (String id : List.of("m5.large", "m5d.large", "m6g.large")) {
            JsonNode type = StreamSupport.stream(types.spliterator(), false)
                    .filter(each -> each.path("node_type_id").asText().equals(id))
                    .findFirst()
                    .orElseThrow();
            Golden.same(ClusterWireTest.class, "node-type-" + id, type);
        }
        assertThat(server.get("/api/2.1/clusters/list-zones")
                        .body()
                        .path("default_zone")
                        .asText())
                .isEqualTo("ap-southeast-1a");
        assertThat(server.get("/api/2.1/clusters/spark-versions").body().path("versions"))
                .anySatisfy(each -> assertThat(each.path("key").asText()).isEqualTo("17.3.x-scala2.13"));
    }

    @Test
    void instance_profiles_are_added_listed_given_to_clusters_and_removed() {
        String arn = "arn:aws:iam::111122223333:instance-profile/reader";
        String with = SMALL.formatted("p").replace("}", ",'aws_attributes':{'instance_profile_arn':'" + arn + "'}}");
        assertThat(server.post("/api/2.1/clusters/create", with).message()).contains("an admin has to add it first");
        assertThat(server.post("/api/2.0/instance-profiles/add", "{'instance_profile_arn':'" + arn + "'}")
                        .message())
                .contains("ec2.amazonaws.com");
        assertThat(server.post(
                                "/api/2.0/instance-profiles/add",
                                "{'instance_profile_arn':'" + arn + "','skip_validation':true}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/api/2.0/instance-profiles/list").body().toString())
                .isEqualTo("{\"instance_profiles\":[{\"instance_profile_arn\":\"" + arn
                        + "\",\"is_meta_instance_profile\":false}]}");
        assertThat(get(create(with))
                        .path("aws_attributes")
                        .path("instance_profile_arn")
                        .asText())
                .isEqualTo(arn);
        assertThat(server.post("/api/2.0/instance-profiles/remove", "{'instance_profile_arn':'" + arn + "'}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/api/2.0/instance-profiles/list").body().path("instance_profiles"))
                .isEmpty();
    }
}
