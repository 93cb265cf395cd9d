package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.standin.TestScope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeVariablesTest {
    @ParameterizedTest
    @CsvSource({"18.2.x-scala2.13, 18.2", "15.4.x-cpu-ml-scala2.12, 15.4", "7.0.x, 7.0"})
    void libraries_compare_the_version_as_numbers(String key, String version) {
        assertThat(RuntimeVariables.numbers(key)).isEqualTo(version);
    }

    @Test
    void a_version_is_always_there_and_no_client_reads_the_owners_own_profiles() {
        assertThat(RuntimeVariables.of(TestScope.config("", "python3", Path.of("dbfs"))))
                .containsEntry("DB_CLUSTER_ID", "c-1")
                .containsEntry("DB_IS_DRIVER", "TRUE")
                .containsEntry("DATABRICKS_CONFIG_FILE", "/dev/null")
                .hasEntrySatisfying(
                        "DATABRICKS_RUNTIME_VERSION",
                        version -> assertThat(version).matches("[0-9.]+"));
    }
}
