package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ResultType;
import com.databricks.sdk.service.compute.Results;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/compatibility.md} says is missing. A test that fails here is good news: mend the page and judge the feature. */
@NullUnmarked
@ExtendWith(SharedPlatform.class)
class GapsTest {
    private static Repl repl;

    @BeforeAll
    static void connect() {
        repl = new Repl(SharedPlatform.client(), SharedPlatform.clusterId());
    }

    @AfterAll
    static void leave() {
        repl.close();
    }

    @BeforeEach
    void begin_with_an_empty_schema() {
        repl.sql("drop schema if exists main.gaps cascade");
        repl.sql("create schema main.gaps");
    }

    private String error(Language language, String code) {
        Results results = repl.run(language, code);
        assertThat(results.getResultType()).as(code).isEqualTo(ResultType.ERROR);
        return results.getSummary() + " " + results.getCause();
    }

    @Test
    void rights_are_not_given_in_sql() {
        repl.sql("create table main.gaps.t (x int)");
        assertThat(error(Language.SQL, "grant select on table main.gaps.t to `account users`"))
                .contains("GRANT is not supported");
    }

    @Test
    void parquet_tables_of_a_catalog_are_not_overwritten_by_name() {
        repl.python("spark.range(1).write.format('parquet').saveAsTable('main.gaps.p')");
        assertThat(error(
                        Language.PYTHON,
                        "spark.range(1).write.format('parquet').mode('overwrite').saveAsTable('main.gaps.p')"))
                .isNotEmpty();
    }

    @Test
    void r_is_not_installed() {
        assertThat(error(Language.R, "1 + 1")).contains("not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/2.0/instance-pools/list",
                "/api/2.0/policies/clusters/list",
                "/api/2.0/libraries/all-cluster-statuses",
                "/api/2.0/global-init-scripts",
                "/api/2.0/repos",
                "/api/2.0/notification-destinations",
                "/api/2.1/settings-metadata",
                "/api/2.0/access-control/check-policy-v2",
                "/api/2.0/sql/warehouses",
                "/api/2.0/mlflow/experiments/search",
                "/api/2.0/fs/directories/Volumes",
                "/api/2.1/unity-catalog/volumes",
                "/api/2.1/unity-catalog/functions",
                "/api/2.1/unity-catalog/permissions/table/main.default.t"
            })
    void a_family_that_is_not_there_says_so_and_is_not_retried(String path) {
        assertThat(new Raw(SharedPlatform.platform()).get(path).error())
                .startsWith("404 ENDPOINT_NOT_FOUND: No API found for 'GET " + path + "'");
    }
}
