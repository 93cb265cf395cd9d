package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "/Shared/x, /Shared/x",
        "/Shared//x/, /Shared/x",
        "/Workspace, /",
        "/Workspace/Shared/x, /Shared/x",
        "/Workspaces/x, /Workspaces/x",
        "/Shared/Workspace, /Shared/Workspace",
        "/Workspace/Workspace/x, /x",
        "/Shared/a b.ü, /Shared/a b.ü",
    })
    void one_place_has_one_spelling(String written, String known) {
        assertThat(TreePath.of(written)).hasToString(known);
        assertThat(TreePath.of(known)).as("as it is shown, it is read").hasToString(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Shared/x", "/a/./b", "/a/../b", "/..", "/a\nb", "/a\u0000"})
    void what_is_no_absolute_path_is_refused(String written) {
        assertThatThrownBy(() -> TreePath.of(written)).isInstanceOf(PlatformException.class);
    }

    @Test
    void names_and_paths_are_measured_in_bytes() {
        assertThat(TreePath.of("/" + "ü".repeat(127)).name()).hasSize(127);
        assertThatThrownBy(() -> TreePath.of("/" + "ü".repeat(128))).hasMessageContaining("longer than 255 bytes");
        String longest = ("/" + "x".repeat(249)).repeat(8);
        assertThat(TreePath.of(longest).value()).hasSize(2_000);
        assertThatThrownBy(() -> TreePath.of(longest + "x")).hasMessage("Path is longer than 2000 bytes.");
    }

    @Test
    void a_path_knows_what_is_above_it() {
        TreePath path = TreePath.of("/a/b/c");
        assertThat(path.name()).isEqualTo("c");
        assertThat(path.parent()).hasToString("/a/b");
        assertThat(path.folders()).extracting(TreePath::value).containsExactly("/a", "/a/b");
        assertThat(TreePath.of("/a").parent()).isEqualTo(TreePath.ROOT);
        assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
        assertThat(TreePath.ROOT.folders()).isEmpty();
        assertThat(TreePath.ROOT.child("a").child("b")).hasToString("/a/b");
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a, true", "/a, /a, true", "/ab, /a, false", "/a, /a/b, false", "/a, /, true"})
    void a_folder_holds_itself_and_what_is_below_it(String path, String folder, boolean within) {
        assertThat(TreePath.of(path).within(TreePath.of(folder))).isEqualTo(within);
    }
}
