package io.slipway.driver.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.start.DriverConfig.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverConfigTest {
    @TempDir
    Path folder;

    private static ObjectNode least() {
        return Json.object()
                .put("clusterId", "c-1")
                .put("address", "127.0.0.1")
                .put("token", "driver-token")
                .put("sparkSecret", "spark-secret")
                .put("pageSecret", "page-secret")
                .put("sparkHome", "/spark");
    }

    private DriverConfig read(ObjectNode content) throws IOException {
        Path file = folder.resolve("driver.json");
        Files.write(file, Json.bytes(content));
        return DriverConfig.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusterId", "address", "token", "sparkSecret", "pageSecret", "sparkHome"})
    void what_a_driver_cannot_do_without_is_named_when_it_is_missing(String field) {
        for (ObjectNode content :
                new ObjectNode[] {least().put(field, ""), least().putNull(field), (ObjectNode) least().without(field)
                }) {
            assertThatThrownBy(() -> read(content))
                    .isInstanceOfSatisfying(
                            DriverFailure.class, e -> assertThat(e.code()).isEqualTo("INVALID_ARGUMENT"))
                    .hasMessage("driver.json: " + field + " is missing");
        }
    }

    @Test
    void the_least_that_is_needed_makes_a_driver_of_one_core() throws IOException {
        DriverConfig config = read(least());
        assertThat(config.clusterName()).isEqualTo("c-1");
        assertThat(config.mode()).isEqualTo(Mode.LOCAL);
        assertThat(config.cores()).isEqualTo(1);
        assertThat(config.memoryMb()).isEqualTo(512);
        assertThat(config.python()).isEqualTo("python3");
        assertThat(config.serverUrl()).isEmpty();
        assertThat(config.sparkConf()).isEmpty();
        assertThat(config.storage()).isEmpty();
        assertThat(config.expectedWorkers()).isZero();
    }

    @Test
    void tokens_are_sent_to_other_machines_by_https_only() throws IOException {
        assertThatThrownBy(() -> read(least().put("serverUrl", "http://192.0.2.1:8585")))
                .isInstanceOf(DriverFailure.class)
                .hasMessageContaining("by https only");
        assertThat(read(least().put("serverUrl", "https://192.0.2.1:8585")).publicUrl())
                .isEqualTo("https://192.0.2.1:8585");
        DriverConfig here =
                read(least().put("serverUrl", "http://127.0.0.1:8586").put("publicUrl", "https://slipway.example.com"));
        assertThat(here.serverUrl()).isEqualTo("http://127.0.0.1:8586");
        assertThat(here.publicUrl()).isEqualTo("https://slipway.example.com");
    }

    @Test
    void figures_that_make_no_sense_become_the_least_that_does() throws IOException {
        DriverConfig config = read(least().put("cores", -3)
                .put("memoryMb", 1)
                .put("workerCores", 0)
                .put("workerMemoryMb", 3)
                .put("expectedWorkers", -1));
        assertThat(config.cores()).isEqualTo(1);
        assertThat(config.memoryMb()).isEqualTo(512);
        assertThat(config.workerCores()).isEqualTo(1);
        assertThat(config.workerMemoryMb()).isEqualTo(512);
        assertThat(config.expectedWorkers()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"local,4,2,3,4", "standalone,4,2,3,6", "standalone,4,2,0,1", "somethingElse,4,2,3,4"})
    void tasks_run_in_the_driver_or_on_the_workers_that_are_expected(
            String mode, int cores, int workerCores, int workers, int expected) throws IOException {
        DriverConfig config = read(least().put("mode", mode)
                .put("masterPort", 7077)
                .put("cores", cores)
                .put("workerCores", workerCores)
                .put("expectedWorkers", workers));
        assertThat(config.taskCores()).isEqualTo(expected);
    }

    @Test
    void a_cluster_with_workers_needs_a_port_that_they_were_told() {
        assertThatThrownBy(() -> read(least().put("mode", "standalone")))
                .isInstanceOf(DriverFailure.class)
                .hasMessageContaining("masterPort");
    }

    @Test
    void the_users_settings_are_taken_as_they_are() throws IOException {
        ObjectNode content = least();
        content.putObject("sparkConf").put("spark.app.note", "grüße ☃").put("spark.empty", "");
        assertThat(read(content).sparkConf())
                .containsEntry("spark.app.note", "grüße ☃")
                .containsEntry("spark.empty", "");
    }

    @Test
    void a_file_that_cannot_be_read_is_the_callers_fault() throws IOException {
        assertThatThrownBy(() -> DriverConfig.read(folder.resolve("none.json")))
                .isInstanceOf(DriverFailure.class)
                .hasMessageContaining("cannot read none.json");
        Path half = folder.resolve("half.json");
        Files.writeString(half, "{\"clusterId\":\"c");
        assertThatThrownBy(() -> DriverConfig.read(half))
                .isInstanceOfSatisfying(
                        DriverFailure.class, e -> assertThat(e.code()).isEqualTo("INVALID_ARGUMENT"));
    }

    @Test
    void secrets_are_in_no_text_of_it() throws IOException {
        assertThat(read(least()).toString())
                .contains("c-1")
                .doesNotContain("driver-token", "spark-secret", "page-secret");
    }

    @Test
    void what_is_on_a_bucket_may_be_dbfs_or_tables_only_and_has_an_endpoint() throws IOException {
        ObjectNode content = least();
        ObjectNode storage =
                content.putObject("storage").put("endpoint", "http://s3").put("region", "eu-west-1");
        assertThat(read(content).storage()).contains(new DriverConfig.Storage("http://s3", "eu-west-1", ""));
        assertThat(read(content).dbfsBucket()).isEmpty();
        storage.put("dbfs", "slipway-store://b/dbfs");
        assertThat(read(content).dbfsBucket()).contains("slipway-store://b/dbfs");
        storage.remove("endpoint");
        assertThatThrownBy(() -> read(content)).hasMessage("driver.json: storage.endpoint is missing");
    }
}
