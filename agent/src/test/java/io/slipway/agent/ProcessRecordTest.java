package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    @TempDir
    Path folder;

    @Test
    void a_process_with_the_same_id_but_another_start_time_is_not_taken_for_the_recorded_one() throws IOException {
        long pid = ProcessHandle.current().pid();
        String stat = Files.readString(Path.of("/proc/self/stat")).strip();
        Files.writeString(folder.resolve("started"), pid + "\n" + stat + "\n");
        assertThat(new ProcessRecord(folder).started().map(ProcessRecord.Started::alive))
                .contains(true);

        String birth = ProcessTable.find(pid).orElseThrow().birth();
        Files.writeString(folder.resolve("started"), pid + "\n" + stat.replace(" " + birth + " ", " 17 ") + "\n");
        assertThat(new ProcessRecord(folder).started().map(ProcessRecord.Started::alive))
                .contains(false);
    }

    @Test
    void program_names_with_brackets_and_spaces_do_not_shift_the_fields() {
        String stat = "42 (a) b) (c) S 7 42 41 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2 3";

        assertThat(ProcessTable.parse(stat)).contains(new ProcessTable.Entry(42, 7, 41, "98765"));
    }

    @Test
    void zombies_count_as_gone() {
        assertThat(ProcessTable.parse("42 (sh) Z 7 42 41 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2 3"))
                .isEmpty();
    }

    @Test
    void a_limit_of_file_locks_is_read_and_unlimited_is_none() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units     \s
                Max file size             unlimited            unlimited            bytes     \s
                Max file locks            461168601842738790   unlimited            locks     \s
                """;

        assertThat(ProcessTable.lockLimit(limits)).hasValue(461168601842738790L);
        assertThat(ProcessTable.lockLimit(limits.replace("461168601842738790", "unlimited         ")))
                .isEmpty();
    }
}
