package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.output.HeardFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import scala.util.control.ControlThrowable;

class DbUtilsTest {
    private final HeardFrames heard = new HeardFrames();
    private final List<String> exits = new ArrayList<>();

    private DbUtils dbutils(String here) {
        return new DbUtils(
                new Widgets(Map.of(), heard::frames),
                new FileTools(new Configuration(false)),
                new DbUtils.Notebook(() -> new NotebookRuns("http://127.0.0.1:1", "c", () -> "t"), here, exits::add),
                new TaskValues(Map.of(), false, heard::frames));
    }

    @Test
    void exit_ends_the_cell_by_what_no_handler_of_errors_catches() {
        assertThatThrownBy(() -> dbutils("").notebook().exit("bye"))
                .isInstanceOf(ControlThrowable.class)
                .isNotInstanceOf(Exception.class)
                .hasMessage("Notebook exited: bye");
        assertThat(exits).containsExactly("bye");
    }

    @Test
    void a_value_of_more_than_five_megabytes_ends_nothing() {
        DbUtils.Notebook notebook = dbutils("").notebook();
        notebook.recordExit("x".repeat(5 * 1024 * 1024));
        assertThatThrownBy(() -> notebook.recordExit("ü".repeat(3 * 1024 * 1024)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 MB");
        assertThat(exits).hasSize(1);
    }

    @Test
    void secrets_say_that_they_are_not_there_and_which_was_asked_for() {
        assertThatThrownBy(() -> dbutils("").secrets().get("scope", "key"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("scope/key");
    }

    @Test
    void values_of_tasks_are_reached_through_jobs() {
        dbutils("").jobs().taskValues().set("k", 1);
        assertThat(heard.all()).hasSize(1);
    }
}
