package io.slipway.wire.databricks.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.ManifestJson;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which specifications are taken, and what is made of them. */
class ClusterRequestTest {
    private static Described<ClusterSpec> read(String more) {
        String whole = "{'spark_version':'18','node_type_id':'m5.large'" + (more.isEmpty() ? "" : "," + more) + "}";
        try {
            return ClusterRequest.read((ObjectNode) WireJson.mapper().readTree(whole.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_is_left_out_has_the_usual_values() {
        assertThat(read("'num_workers':2").thing())
                .isEqualTo(new ClusterSpec(
                        "",
                        "18",
                        "m5.large",
                        "m5.large",
                        Optional.of(2),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'is_single_node':true | 0",
                "'spark_conf':{'spark.databricks.cluster.profile':'singleNode'} | 0",
                "'is_single_node':true,'num_workers':3 | 3",
                "'is_single_node':false | -1",
                "'is_single_node':true,'autoscale':{'min_workers':1,'max_workers':2} | -1"
            })
    void a_single_node_needs_no_number_of_workers(String asked, int workers) {
        assertThat(read(asked).thing().workers().orElse(-1)).isEqualTo(workers);
    }

    @Test
    void an_empty_text_where_an_id_may_stand_means_that_there_is_none() {
        assertThat(read("'policy_id':'','instance_pool_id':'','driver_instance_pool_id':'','docker_image':{'url':''}")
                        .manifest())
                .isNotNull();
    }

    @Test
    void known_fields_are_kept_as_they_were_sent_and_others_are_dropped() {
        ObjectNode kept = ManifestJson.read(
                read("'aws_attributes':{'zone_id':'auto','colour':'red'},'ssh_public_keys':[],'spark_conf':{},'x':{},"
                                + "'single_user_name':null")
                        .manifest());
        assertThat(kept.toString().replace('"', '\''))
                .isEqualTo("{'spark_version':'18','node_type_id':'m5.large','aws_attributes':{'zone_id':'auto'},"
                        + "'ssh_public_keys':[],'spark_conf':{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'instance_pool_id':'p' | Can't find an instance pool with id: p.",
                "'driver_instance_pool_id':'d' | Can't find an instance pool with id: d.",
                "'policy_id':'p' | Can't find a cluster policy with id: p.",
                "'init_scripts':[{'dbfs':{'destination':'x'}}] | init_scripts are not supported by this workspace yet.",
                "'cluster_log_conf':{'dbfs':{}} | cluster_log_conf is not supported by this workspace yet.",
                "'docker_image':{'url':'u'} | Custom containers are not enabled for this workspace.",
                "'ssh_public_keys':['1','2','3','4','5','6','7','8','9','10','11'] | At most 10 ssh_public_keys are allowed.",
                "'spark_env_vars':{'A=B':'1'} | 'A=B' cannot be the name of a variable in spark_env_vars.",
                "'spark_env_vars':{'':'1'} | '' cannot be the name of a variable in spark_env_vars."
            })
    void what_would_change_what_runs_and_is_not_there_is_refused(String asked, String message) {
        assertThatThrownBy(() -> read(asked))
                .isInstanceOf(PlatformException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'num_workers':2.7",
                "'num_workers':''",
                "'num_workers':[1]",
                "'autoscale':{'min_workers':1}",
                "'autoscale':{'max_workers':1}",
                "'aws_attributes':{'availability':'NEVER'}",
                "'aws_attributes':{'ebs_volume_type':1}",
                "'data_security_mode':'OPEN'",
                "'runtime_engine':'WARP'",
                "'custom_tags':{'a':{}}",
                "'spark_conf':['a']",
                "'workload_type':{'clients':{'jobs':'perhaps'}}"
            })
    void values_of_another_kind_are_refused(String asked) {
        assertThatThrownBy(() -> read(asked)).isInstanceOf(PlatformException.class);
    }

    @Test
    void a_variable_that_no_process_can_be_given_is_refused_by_its_bytes() {
        assertThat(read("'spark_env_vars':{'A':'" + "x".repeat(129_999) + "'}")
                        .thing()
                        .sparkEnvVars())
                .hasSize(1);
        assertThatThrownBy(() -> read("'spark_env_vars':{'A':'" + "\u00e4".repeat(65_000) + "'}"))
                .hasMessage("The value of A in spark_env_vars is longer than 130000 bytes.");
    }

    @Test
    void a_version_and_a_node_type_are_needed() {
        assertThatThrownBy(() -> ClusterRequest.read(WireJson.mapper().createObjectNode()))
                .hasMessageContaining("node_type_id");
        assertThatThrownBy(() ->
                        ClusterRequest.read(WireJson.mapper().createObjectNode().put("node_type_id", "m5.large")))
                .hasMessageContaining("spark_version");
    }
}
