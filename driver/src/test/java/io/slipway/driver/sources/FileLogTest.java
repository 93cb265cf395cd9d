package io.slipway.driver.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest {
    @TempDir
    Path folder;

    private FileLog open() throws IOException {
        return new FileLog(folder.toUri().toString(), new Configuration());
    }

    private static FileEntry file(String name, long modified) {
        return new FileEntry(name, modified, 10, -1, false);
    }

    @Test
    void finds_are_there_again_after_a_restart() throws IOException {
        FileLog log = open();
        assertThat(log.last()).isEqualTo(-1);
        log.add(List.of(file("a", 1), file("b", 1)), false);
        log.add(List.of(file("c", 1)), false);
        FileLog again = open();
        assertThat(again.last()).isEqualTo(1);
        assertThat(again.between(-1, 1)).extracting(FileEntry::path).containsExactly("a", "b", "c");
        assertThat(again.between(0, 1)).extracting(FileEntry::path).containsExactly("c");
        assertThat(again.between(1, 1)).isEmpty();
        assertThat(again.isNew(file("c", 1), false)).isFalse();
        assertThat(again.isNew(file("d", 1), false)).isTrue();
    }

    @Test
    void a_changed_file_is_new_only_where_that_is_wanted() throws IOException {
        FileLog log = open();
        log.add(List.of(file("a", 5)), false);
        assertThat(log.isNew(file("a", 6), false)).isFalse();
        assertThat(log.isNew(file("a", 6), true)).isTrue();
        assertThat(log.isNew(file("a", 5), true)).isFalse();
    }

    @Test
    void files_of_before_are_known_and_not_read() throws IOException {
        open().add(List.of(file("old", 1)), true);
        FileLog again = open();
        assertThat(again.isNew(file("old", 1), false)).isFalse();
        assertThat(again.between(-1, again.last())).isEmpty();
    }

    @Test
    void many_finds_become_one_document_and_none_is_forgotten() throws IOException {
        FileLog log = open();
        for (int i = 0; i < 130; i++) {
            log.add(List.of(file("f" + i, 1)), false);
            log.done(i - 1);
        }
        try (Stream<Path> documents = Files.list(folder)) {
            assertThat(documents.filter(each -> !each.getFileName().toString().endsWith(".crc")))
                    .hasSizeLessThan(60);
        }
        FileLog again = open();
        assertThat(again.last()).isEqualTo(129);
        for (int i = 0; i < 130; i++) {
            assertThat(again.isNew(file("f" + i, 1), false)).as("f" + i).isFalse();
        }
        assertThat(again.between(127, 129)).extracting(FileEntry::path).containsExactly("f128", "f129");
        assertThatThrownBy(() -> again.between(1, 129)).hasMessageContaining("find 2");
    }

    @Test
    void the_last_batch_can_be_read_again_when_it_had_several_finds() throws IOException {
        FileLog log = open();
        for (int i = 0; i < 49; i++) {
            log.add(List.of(file("f" + i, 1)), false);
            log.done(i);
        }
        log.add(List.of(file("f49", 1)), false);
        FileLog after = open();
        after.done(48);
        after.add(List.of(file("f50", 1)), false);
        after.done(50);
        assertThat(open().between(48, 50)).extracting(FileEntry::path).containsExactly("f49", "f50");
    }

    @Test
    void a_find_that_was_not_written_to_its_end_is_none() throws IOException {
        open().add(List.of(file("a", 1)), false);
        Files.writeString(folder.resolve(".1.new"), "{\"path\": \"b");
        FileLog again = open();
        assertThat(again.last()).isZero();
        assertThat(again.isNew(file("b", 1), false)).isTrue();
        again.add(List.of(file("b", 1)), false);
        assertThat(open().between(0, 1)).extracting(FileEntry::path).containsExactly("b");
    }
}
