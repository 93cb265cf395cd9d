package io.slipway.conformance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real browser on every page, in both themes (webapp/e2e/smoke.mjs), and in every form (webapp/e2e/fuzz.mjs). */
@ExtendWith(SharedPlatform.class)
class WebAppTest {
    @Test
    void every_page_shows_what_it_should_without_an_error_or_an_obstacle() throws Exception {
        new BrowserScript("smoke.mjs")
                .run(
                        SharedPlatform.platform(),
                        Map.of("SLIPWAY_CLUSTER", SharedPlatform.clusterId()),
                        line -> Optional.empty());
    }

    @Tag("soak")
    @Test
    void whatever_is_typed_into_a_form_the_page_stays_and_keeps_it() throws Exception {
        new BrowserScript("fuzz.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }

    @Test
    void files_and_tables_do_on_their_pages_what_the_pages_say() throws Exception {
        new BrowserScript("pages.mjs")
                .run(
                        SharedPlatform.platform(),
                        Map.of("SLIPWAY_CLUSTER", SharedPlatform.clusterId()),
                        line -> Optional.empty());
    }

    @Test
    void one_person_invites_another_who_comes_in_and_goes_at_once() throws Exception {
        new BrowserScript("people.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }

    @Test
    void two_tabs_of_one_browser_are_in_two_workspaces() throws Exception {
        new BrowserScript("workspaces.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }

    @Test
    void the_audit_log_shows_what_was_done_and_what_was_refused() throws Exception {
        new BrowserScript("audit.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }
}
