package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterSpec;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.CreateJob;
import com.databricks.sdk.service.jobs.CronSchedule;
import com.databricks.sdk.service.jobs.GetRunRequest;
import com.databricks.sdk.service.jobs.JobCluster;
import com.databricks.sdk.service.jobs.JobParameterDefinition;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.PauseStatus;
import com.databricks.sdk.service.jobs.RepairHistoryItemType;
import com.databricks.sdk.service.jobs.ResetJob;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.RunOutput;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.RunTask;
import com.databricks.sdk.service.jobs.SparkPythonTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.TaskDependency;
import com.databricks.sdk.service.jobs.TriggerType;
import com.databricks.sdk.service.jobs.UpdateJob;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs API by the Java SDK, on the shared cluster. */
@ExtendWith({OneMoreCluster.class, SharedPlatform.class})
class JobsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WorkspaceClient client = SharedPlatform.client();

    private void notebook(String path, String code) {
        client.workspace().mkdirs(path.substring(0, path.lastIndexOf('/')));
        client.workspace()
                .importContent(new Import()
                        .setPath(path)
                        .setFormat(ImportFormat.SOURCE)
                        .setLanguage(Language.PYTHON)
                        .setOverwrite(true)
                        .setContent(Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8))));
    }

    private static SubmitTask task(String key, String path) {
        return new SubmitTask()
                .setTaskKey(key)
                .setExistingClusterId(SharedPlatform.clusterId())
                .setNotebookTask(new NotebookTask().setNotebookPath(path));
    }

    private RunOutput output(Run run, String key) {
        long id = run.getTasks().stream()
                .filter(task -> task.getTaskKey().equals(key))
                .map(RunTask::getRunId)
                .reduce((first, second) -> second)
                .orElseThrow();
        return client.jobs().getRunOutput(id);
    }

    @Test
    void a_job_of_three_tasks_passes_values_and_parameters_down_the_graph() throws Exception {
        notebook("/Shared/jobs/first", """
                # Databricks notebook source
                dbutils.widgets.text("day", "none")
                spark.range(10).write.mode("overwrite").saveAsTable("main.default.jobs_first")

                # COMMAND ----------

                # MAGIC %sql
                # MAGIC create or replace temp view doubled as select id * 2 as id from main.default.jobs_first

                # COMMAND ----------

                dbutils.jobs.taskValues.set("rows", spark.table("doubled").count())
                """);
        notebook("/Shared/jobs/second", """
                # Databricks notebook source
                rows = dbutils.jobs.taskValues.get("first", "rows", default=-1)
                dbutils.notebook.exit(f"{dbutils.widgets.get('day')}:{rows}")
                """);
        client.workspace()
                .importContent(new Import()
                        .setPath("/Shared/jobs/third.py")
                        .setFormat(ImportFormat.AUTO)
                        .setOverwrite(true)
                        .setContent(Base64.getEncoder()
                                .encodeToString(
                                        "import sys\nprint('args', sys.argv[1:])\n".getBytes(StandardCharsets.UTF_8))));
        Task first = new Task()
                .setTaskKey("first")
                .setExistingClusterId(SharedPlatform.clusterId())
                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/jobs/first"));
        Task second = new Task()
                .setTaskKey("second")
                .setDependsOn(List.of(new TaskDependency().setTaskKey("first")))
                .setExistingClusterId(SharedPlatform.clusterId())
                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/jobs/second"));
        Task third = new Task()
                .setTaskKey("third")
                .setDependsOn(List.of(new TaskDependency().setTaskKey("second")))
                .setExistingClusterId(SharedPlatform.clusterId())
                .setSparkPythonTask(new SparkPythonTask()
                        .setPythonFile("/Shared/jobs/third.py")
                        .setParameters(List.of("--rows", "{{tasks.first.values.rows}}")));
        long job = client.jobs()
                .create(new CreateJob()
                        .setName("three")
                        .setParameters(List.of(
                                new JobParameterDefinition().setName("day").setDefault("monday")))
                        .setTasks(List.of(first, second, third)))
                .getJobId();
        Run run = client.jobs()
                .runNow(new RunNow().setJobId(job).setJobParameters(Map.of("day", "friday")))
                .get(PATIENCE);
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(output(run, "second").getNotebookOutput().getResult()).isEqualTo("friday:10");
        assertThat(output(run, "third").getLogs()).contains("args ['--rows', '10']");
        assertThat(client.tables().get("main.default.jobs_first").getColumns()).hasSize(1);
        assertThat(client.jobs()
                        .exportRun(run.getTasks().iterator().next().getRunId())
                        .getViews())
                .hasSize(1);
        assertThat(client.jobs().get(job).getSettings().getTasks()).hasSize(3);
        assertThat(client.jobs()
                        .getRun(new GetRunRequest().setRunId(run.getRunId()).setIncludeHistory(true))
                        .getRepairHistory())
                .singleElement()
                .satisfies(history -> {
                    assertThat(history.getType()).isEqualTo(RepairHistoryItemType.ORIGINAL);
                    assertThat(history.getId()).isNull();
                    assertThat(history.getTaskRunIds()).hasSize(3);
                    assertThat(history.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
                });
        assertThat(client.jobs().getRun(run.getRunId()).getRepairHistory()).isNull();
    }

    @Test
    void a_failing_task_shows_the_users_own_error_and_what_depends_on_it_is_skipped() throws Exception {
        notebook("/Shared/jobs/fails", "def f(x):\n    return 1 / x\nf(0)\n");
        notebook("/Shared/jobs/fine", "print('fine')\n");
        Run run = runToTheEnd(new SubmitRun()
                .setRunName("fails")
                .setTasks(List.of(
                        task("bad", "/Shared/jobs/fails"),
                        task("after", "/Shared/jobs/fine")
                                .setDependsOn(List.of(new TaskDependency().setTaskKey("bad"))))));
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.FAILED);
        RunOutput bad = output(run, "bad");
        assertThat(bad.getError()).contains("ZeroDivisionError: division by zero");
        assertThat(bad.getErrorTrace()).contains("return");
        assertThat(run.getTasks().stream()
                        .filter(task -> task.getTaskKey().equals("after"))
                        .findFirst()
                        .orElseThrow()
                        .getState()
                        .getResultState())
                .isEqualTo(RunResultState.UPSTREAM_FAILED);
    }

    private Run runToTheEnd(SubmitRun submit) {
        long id = client.jobs().submit(submit).getResponse().getRunId();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.jobs().getRun(id).getEndTime() != null
                        && client.jobs().getRun(id).getEndTime() > 0);
        return client.jobs().getRun(id);
    }

    @Test
    void the_same_token_starts_one_run_only() {
        notebook("/Shared/jobs/fine", "print('fine')\n");
        SubmitRun submit = new SubmitRun()
                .setRunName("once")
                .setIdempotencyToken("once-and-for-all")
                .setTasks(List.of(task("fine", "/Shared/jobs/fine")));
        long first = client.jobs().submit(submit).getResponse().getRunId();
        assertThat(client.jobs().submit(submit).getResponse().getRunId()).isEqualTo(first);
    }

    @Test
    void a_run_can_be_cancelled_while_its_code_runs() {
        notebook("/Shared/jobs/long", "import time\nprint('begun', flush=True)\nwhile True: time.sleep(0.1)\n");
        long id = client.jobs()
                .submit(new SubmitRun().setRunName("long").setTasks(List.of(task("long", "/Shared/jobs/long"))))
                .getResponse()
                .getRunId();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.jobs().getRun(id).getTasks() != null
                        && client.jobs()
                                        .getRun(id)
                                        .getTasks()
                                        .iterator()
                                        .next()
                                        .getState()
                                        .getLifeCycleState()
                                == RunLifeCycleState.RUNNING);
        client.jobs().cancelRun(id);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.jobs().getRun(id).getState().getLifeCycleState() == RunLifeCycleState.TERMINATED);
        assertThat(client.jobs().getRun(id).getState().getResultState()).isEqualTo(RunResultState.CANCELED);
    }

    @Test
    void a_notebook_runs_another_one_and_includes_a_third() {
        notebook("/Shared/jobs/child", "dbutils.notebook.exit('child got ' + dbutils.widgets.get('x'))\n");
        notebook("/Shared/jobs/setup", "shared_value = 5\n");
        notebook("/Shared/jobs/parent", """
                # Databricks notebook source
                # MAGIC %run ./setup

                # COMMAND ----------

                answer = dbutils.notebook.run("/Shared/jobs/child", 300, {"x": str(shared_value)})
                dbutils.notebook.exit(answer)
                """);
        Run run = runToTheEnd(
                new SubmitRun().setRunName("parent").setTasks(List.of(task("parent", "/Shared/jobs/parent"))));
        assertThat(output(run, "parent").getNotebookOutput().getResult()).isEqualTo("child got 5");
    }

    @Test
    void a_job_cluster_is_made_for_the_run_and_given_back_after_it() throws Exception {
        notebook("/Shared/jobs/fine", "print('fine')\n");
        Task task = new Task()
                .setTaskKey("fine")
                .setJobClusterKey("small")
                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/jobs/fine"));
        long job = client.jobs()
                .create(new CreateJob()
                        .setName("own cluster")
                        .setJobClusters(List.of(new JobCluster()
                                .setJobClusterKey("small")
                                .setNewCluster(new ClusterSpec()
                                        .setSparkVersion(SharedPlatform.SPARK)
                                        .setNodeTypeId(SharedPlatform.NODE_TYPE)
                                        .setSparkConf(SharedPlatform.SHORT_LIVED)
                                        .setNumWorkers(0L))))
                        .setTasks(List.of(task)))
                .getJobId();
        Run run = client.jobs().runNow(new RunNow().setJobId(job)).get(PATIENCE);
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        String clusterId = run.getTasks().iterator().next().getClusterInstance().getClusterId();
        assertThat(clusterId).isNotEqualTo(SharedPlatform.clusterId());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        client.clusters().get(clusterId).getState().toString().equals("TERMINATED"));
        assertThat(client.clusters()
                        .get(clusterId)
                        .getTerminationReason()
                        .getCode()
                        .toString())
                .isEqualTo("JOB_FINISHED");
        List<ClusterDetails> all = new ArrayList<>();
        client.clusters().list(new ListClustersRequest()).forEach(all::add);
        assertThat(all).extracting(ClusterDetails::getClusterId).contains(clusterId);
    }

    @Test
    void jobs_are_changed_listed_and_deleted() {
        notebook("/Shared/jobs/fine", "print('fine')\n");
        Task task = new Task()
                .setTaskKey("fine")
                .setExistingClusterId(SharedPlatform.clusterId())
                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/jobs/fine"));
        long job = client.jobs()
                .create(new CreateJob().setName("to change").setTasks(List.of(task)))
                .getJobId();
        client.jobs()
                .reset(new ResetJob()
                        .setJobId(job)
                        .setNewSettings(new JobSettings().setName("changed").setTasks(List.of(task))));
        assertThat(client.jobs().get(job).getSettings().getName()).isEqualTo("changed");
        List<Long> ids = new ArrayList<>();
        client.jobs().list(new ListJobsRequest().setName("changed")).forEach(each -> ids.add(each.getJobId()));
        assertThat(ids).contains(job);
        client.jobs().delete(job);
        assertThatThrownBy(() -> client.jobs().get(job)).isInstanceOf(ResourceDoesNotExist.class);
        client.jobs().listRuns(new ListRunsRequest().setJobId(job)).forEach(run -> {});
    }

    @Test
    void a_scheduled_job_runs_by_itself_until_it_is_paused() {
        notebook("/Shared/jobs/fine", "print('fine')\n");
        Task task = new Task()
                .setTaskKey("fine")
                .setExistingClusterId(SharedPlatform.clusterId())
                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/jobs/fine"));
        CronSchedule schedule =
                new CronSchedule().setQuartzCronExpression("0/2 * * * * ?").setTimezoneId("Asia/Singapore");
        long job = client.jobs()
                .create(new CreateJob().setName("often").setTasks(List.of(task)).setSchedule(schedule))
                .getJobId();
        assertThat(client.jobs().get(job).getSettings().getSchedule().getPauseStatus())
                .isEqualTo(PauseStatus.UNPAUSED);
        Awaitility.await("a run that nobody asked for")
                .atMost(PATIENCE)
                .until(() ->
                        runs(job).stream().anyMatch(run -> run.getState().getResultState() == RunResultState.SUCCESS));
        assertThat(runs(job)).extracting(BaseRun::getTrigger).containsOnly(TriggerType.PERIODIC);

        client.jobs()
                .update(new UpdateJob()
                        .setJobId(job)
                        .setNewSettings(new JobSettings().setSchedule(schedule.setPauseStatus(PauseStatus.PAUSED))));
        int begun = runs(job).size();
        Awaitility.await("the time of the next run")
                .during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> runs(job).size() == begun);
        client.jobs().delete(job);
    }

    private List<BaseRun> runs(long job) {
        List<BaseRun> found = new ArrayList<>();
        client.jobs().listRuns(new ListRunsRequest().setJobId(job)).forEach(found::add);
        return found;
    }

    @Test
    void a_cycle_and_an_unknown_dependency_are_refused() {
        SubmitTask a = task("a", "/Shared/jobs/fine").setDependsOn(List.of(new TaskDependency().setTaskKey("b")));
        SubmitTask b = task("b", "/Shared/jobs/fine").setDependsOn(List.of(new TaskDependency().setTaskKey("a")));
        assertThatThrownBy(() -> client.jobs().submit(new SubmitRun().setTasks(List.of(a, b))))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("cycle");
        assertThatThrownBy(() -> client.jobs().submit(new SubmitRun().setTasks(List.of(a))))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("'b'");
    }
}
