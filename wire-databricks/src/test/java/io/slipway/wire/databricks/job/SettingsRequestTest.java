package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.wire.WireJson;
import io.slipway.work.job.Compute;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.Schedule;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings of jobs are taken, and what is made of them. */
class SettingsRequestTest {
    private static final String CLUSTER = "{'spark_version':'18','node_type_id':'m5.large','num_workers':1}";
    private static final String WORK = "'spark_jar_task':{'main_class_name':'x'}";

    private static final Caller ANN = People.ANN;

    private final List<ClusterSpec> checked = new ArrayList<>();
    private final TaskClusters clusters = new TaskClusters() {
        @Override
        public void fresh(ClusterSpec spec) {
            checked.add(spec);
        }

        @Override
        public void existing(Caller caller, String id) {}
    };

    private Described<JobSettings> read(String json) {
        try {
            return SettingsRequest.settings(
                            (ObjectNode) WireJson.mapper().readTree(json.replace('\'', '"')),
                            "Untitled",
                            SettingsRules.of(clusters, ANN))
                    .settings();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private TaskSpec task(String fields) {
        return read("{'tasks':[{'task_key':'t','existing_cluster_id':'c'," + fields + "}]}")
                .thing()
                .task("t");
    }

    private void refused(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PlatformException.class)
                .hasMessage(message);
    }

    @Test
    void what_is_left_out_has_the_usual_values() {
        assertThat(read("{}").thing())
                .isEqualTo(new JobSettings("Untitled", List.of(), Map.of(), Map.of(), 0, 1, false, Optional.empty()));
        assertThat(task(WORK))
                .isEqualTo(new TaskSpec(
                        "t",
                        List.of(),
                        TaskSpec.RunIf.ALL_SUCCESS,
                        new Compute.Existing("c"),
                        new Work.Jar("x", List.of()),
                        List.of(),
                        0,
                        0,
                        0,
                        false));
    }

    @Test
    void every_kind_of_work_has_its_parameters() {
        assertThat(task("'notebook_task':{'notebook_path':'/n','base_parameters':{'a':'1'}}")
                        .work())
                .isEqualTo(new Work.NotebookTask("/n", Map.of("a", "1")));
        assertThat(task("'spark_python_task':{'python_file':'dbfs:/x.py','parameters':['1']}")
                        .work())
                .isEqualTo(new Work.PythonFile("dbfs:/x.py", List.of("1")));
        assertThat(task("'spark_jar_task':{'main_class_name':'m','parameters':['1']}")
                        .work())
                .isEqualTo(new Work.Jar("m", List.of("1")));
        assertThat(task("'python_wheel_task':{'package_name':'p','entry_point':'e','named_parameters':{'a':'1'}}")
                        .work())
                .isEqualTo(new Work.Wheel("p", "e", List.of(), Map.of("a", "1")));
    }

    @Test
    void libraries_come_in_the_order_in_which_they_were_named() {
        assertThat(
                        task("'spark_jar_task':{'main_class_name':'m','jar_uri':'dbfs:/m.jar'},'libraries':[{'jar':'dbfs:/a.jar'},"
                                        + "{'whl':'dbfs:/b.whl'},{'pypi':{'package':'c==1'}},{'requirements':'/Workspace/r.txt'}]")
                                .libraries())
                .containsExactly(
                        new ContextSpec.Library("jar", "dbfs:/m.jar"),
                        new ContextSpec.Library("jar", "dbfs:/a.jar"),
                        new ContextSpec.Library("whl", "dbfs:/b.whl"),
                        new ContextSpec.Library("pypi", "c==1"),
                        new ContextSpec.Library("requirements", "/Workspace/r.txt"));
    }

    @Test
    void each_cluster_that_will_be_made_is_checked_and_has_its_part_of_the_manifest() {
        Described<JobSettings> read = read("{'job_clusters':[{'job_cluster_key':'k','new_cluster':" + CLUSTER + "}],"
                + "'tasks':[{'task_key':'a','job_cluster_key':'k'," + WORK + "},{'task_key':'b','new_cluster':"
                + CLUSTER.replace("1}", "2,'enable_elastic_disk':true}") + "," + WORK + "}]}");
        assertThat(checked).extracting(spec -> spec.workers().orElseThrow()).containsExactlyInAnyOrder(1, 2);
        assertThat(read.thing().task("a").compute()).isEqualTo(new Compute.Shared("k"));
        assertThat(read.thing().jobClusters())
                .hasEntrySatisfying("k", spec -> assertThat(spec.workers()).contains(1));
        assertThat(read.manifest().part(JobSettings.sharedCluster("k")).text()).contains("\"num_workers\":1");
        assertThat(read.manifest().part(JobSettings.ownCluster("b")).text())
                .contains("\"num_workers\":2", "\"enable_elastic_disk\":true");
        assertThat(read.manifest().part(JobSettings.ownCluster("a")).text()).isEmpty();
    }

    @Test
    void a_schedule_runs_unless_it_is_paused() {
        String when = "{'schedule':{'quartz_cron_expression':'0 0 3 * * ?','timezone_id':'UTC'%s}}";
        assertThat(read(when.formatted("")).thing().schedule()).contains(new Schedule("0 0 3 * * ?", "UTC", false));
        assertThat(read(when.formatted(",'pause_status':'PAUSED'")).thing().schedule())
                .contains(new Schedule("0 0 3 * * ?", "UTC", true));
        assertThat(read(when.formatted("")).manifest().text()).contains("\"pause_status\":\"UNPAUSED\"");
    }

    @Test
    void a_single_task_at_the_top_is_named_after_its_job() {
        JobSettings settings = read("{'name':'Load it!','existing_cluster_id':'c'," + WORK + ",'timeout_seconds':9}")
                .thing();
        assertThat(settings.tasks()).extracting(TaskSpec::key).containsExactly("Load_it_");
        assertThat(settings.timeoutSeconds()).isEqualTo(9);
        assertThat(settings.tasks().get(0).timeoutSeconds())
                .as("the limit is the run's")
                .isZero();
        assertThat(read("{'name':'','existing_cluster_id':'c'," + WORK + "}")
                        .thing()
                        .tasks())
                .extracting(TaskSpec::key)
                .containsExactly("main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'trigger':{'file_arrival':{}} | Jobs with trigger are not supported by this workspace yet.",
                "'continuous':{'pause_status':'PAUSED'} | Jobs with continuous are not supported by this workspace yet.",
                "'git_source':{'git_url':'x'} | Jobs with git_source are not supported by this workspace yet.",
                "'email_notifications':{'on_failure':['a']} | Jobs with email_notifications are not supported by this workspace yet.",
                "'webhook_notifications':{'on_start':[{'id':'a'}]} | Jobs with webhook_notifications are not supported by this workspace yet.",
                "'access_control_list':[{}] | An entry of access_control_list names exactly one of user_name, group_name and service_principal_name.",
                "'access_control_list':[{'user_name':'a'}] | Missing required field 'permission_level'",
                "'run_as':{'group_name':'g'} | run_as names exactly one of user_name and service_principal_name.",
                "'run_as':{} | run_as names exactly one of user_name and service_principal_name.",
                "'timeout_seconds':-1 | timeout_seconds must not be negative, got -1.",
                "'tasks':{} | tasks must be a list of objects.",
                "'tasks':[1] | tasks must be a list of objects.",
                "'tasks':[],'notebook_task':{} | Settings have tasks and a task at the top level; use one of both.",
                "'parameters':[{'name':'a'},{'name':'a'}] | Parameter 'a' is defined more than once."
            })
    void settings_that_would_be_misunderstood_are_refused(String fields, String message) {
        refused("{" + fields + "}", message);
    }

    @Test
    void run_as_oneself_and_empty_notifications_are_what_clients_send() {
        assertThat(read("{'run_as':{'user_name':'Ann@Example.com'},'email_notifications':{'on_start':[]},"
                                + "'access_control_list':[],'trigger':{}}")
                        .thing()
                        .name())
                .isEqualTo("Untitled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'task_key':'a b' | Task key 'a b' must be 1 to 100 letters, digits, hyphens or underscores.",
                "'task_key':'t','sql_task':{} | Tasks with sql_task are not supported by this workspace yet.",
                "'task_key':'t','disabled':true | Task 't' is disabled, which is not supported by this workspace yet.",
                "'task_key':'t','timeout_seconds':-5 | timeout_seconds must not be negative, got -5.",
                "'task_key':'t','min_retry_interval_millis':-5 | min_retry_interval_millis must not be negative, got -5.",
                "'task_key':'t','max_retries':-2 | max_retries must be -1 (for ever) or more, got -2.",
                "'task_key':'t','existing_cluster_id':' ' | Task 't' must have exactly one of existing_cluster_id, new_cluster and job_cluster_key.",
                "'task_key':'t','email_notifications':{'on_start':['a']} | Tasks with email_notifications are not supported by this workspace yet.",
                "'task_key':'t' | Task 't' must have exactly one of existing_cluster_id, new_cluster and job_cluster_key.",
                "'task_key':'t','existing_cluster_id':'c','job_cluster_key':'k' | Task 't' must have exactly one of existing_cluster_id, new_cluster and job_cluster_key."
            })
    void tasks_that_would_be_misunderstood_are_refused(String fields, String message) {
        refused("{'tasks':[{" + fields + "}]}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'notebook_task':{'notebook_path':'n'} | Only absolute paths are currently supported. Paths must begin with '/': n",
                "'notebook_task':{'notebook_path':'/n','source':'GIT'} | Tasks with source GIT are not supported by this workspace yet.",
                "'spark_python_task':{'python_file':'x','source':'GIT'} | Tasks with source GIT are not supported by this workspace yet.",
                "'python_wheel_task':{'package_name':'p','entry_point':'e','parameters':['a'],'named_parameters':{'a':'b'}} | python_wheel_task takes parameters or named_parameters, not both.",
                "'spark_jar_task':{'main_class_name':'x'},'libraries':[{'pypi':{'package':'a','repo':'https://x'}}] | pypi.repo is not supported by this workspace yet; a requirements file can name an index.",
                "'spark_jar_task':{'main_class_name':'x'},'libraries':[{'maven':{}}] | A library must be one of jar, whl, pypi and requirements; others are not supported by this workspace yet.",
                "'spark_jar_task':{'main_class_name':'x'},'depends_on':[{'task_key':'a','outcome':'true'}] | Task 't' depends on an outcome, which only condition tasks have; they are not supported by this workspace yet."
            })
    void work_that_could_not_be_done_is_refused(String fields, String message) {
        refused("{'tasks':[{'task_key':'t','existing_cluster_id':'c'," + fields + "}]}", message);
    }

    @Test
    void a_job_cluster_is_defined_once() {
        String cluster = "{'job_cluster_key':'k','new_cluster':" + CLUSTER + "}";
        refused("{'job_clusters':[" + cluster + "," + cluster + "]}", "Job cluster 'k' is defined more than once.");
    }

    @Test
    void tags_have_a_bound() {
        StringBuilder tags = new StringBuilder("'t0':''");
        for (int i = 1; i <= 25; i++) {
            tags.append(",'t").append(i).append("':''");
        }
        refused("{'tags':{" + tags + "}}", "A job has at most 25 tags.");
    }
}
