package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void what_is_written_is_read_back() {
        List<String> wanted = List.of("pandas==2.2", "x[a,b]>=1", "y @ file:///a \"b\"");
        Environment written = Environment.of("2", wanted);
        assertThat(written.block().get(0)).isEqualTo(Environment.OPENING);
        assertThat(written.block().get(written.block().size() - 1)).isEqualTo(Environment.CLOSING);
        assertThat(Environment.read(written.block())).isEqualTo(written);
        Environment nothing = Environment.of("", List.of());
        assertThat(Environment.read(nothing.block())).isEqualTo(nothing);
    }

    @Test
    void blocks_of_other_writers_are_read_too() {
        Environment found = Environment.read(List.of(
                "# /// script",
                "# requires-python = \">=3.11\"",
                "# dependencies = [\"a\", \"b>1\"]",
                "#environment_version=\"4\"",
                "# [tool.other]",
                "# name = \"not a dependency\"",
                "# ///"));
        assertThat(found.version()).isEqualTo("4");
        assertThat(found.dependencies()).containsExactly("a", "b>1");
    }
}
