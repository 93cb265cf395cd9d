package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTokenTest {
    @Test
    void a_token_is_read_as_it_was_written() {
        PageToken token = new PageToken("jobs", true, List.of("a.b\n", "", "7"));
        assertThat(PageToken.read(token.text(), "jobs", 3)).isEqualTo(token);
        assertThat(token.text()).matches("[A-Za-z0-9_.-]+");
    }

    @Test
    void what_no_list_or_another_list_wrote_is_refused() {
        String ours = new PageToken("jobs", false, List.of("1", "2")).text();
        refused(ours, "runs", 2);
        refused(ours, "jobs", 1);
        refused(ours + "=", "jobs", 2);
        refused(ours.substring(1), "jobs", 2);
        refused("", "jobs", 0);
        refused("garbage", "jobs", 0);
        refused(coded("jobs") + "." + coded("sideways") + "." + coded("1"), "jobs", 1);
        refused(new PageToken("jobs", false, List.of("\0")).text(), "jobs", 1);
    }

    private static String coded(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String text, String list, int keys) {
        assertThatThrownBy(() -> PageToken.read(text, list, keys))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Invalid page token.");
    }
}
