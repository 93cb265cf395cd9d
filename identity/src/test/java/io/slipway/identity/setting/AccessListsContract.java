package io.slipway.identity.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of addresses in any database. */
@NullUnmarked
abstract class AccessListsContract extends SettingContract {
    private AccessList make(AccessList.Type type, String... addresses) {
        return room.lists().create(People.ADMIN, new AccessList.Spec("office", type, List.of(addresses), true), OFFICE);
    }

    private void enforce(boolean on) {
        room.conf().change(People.ADMIN, Map.of("enableIpAccessLists", String.valueOf(on)), OFFICE);
    }

    private boolean admitted(InetAddress address) {
        try {
            room.lists().admit(People.ANN, address);
            return true;
        } catch (PlatformException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
            return false;
        }
    }

    @Test
    void lists_act_while_they_are_enabled_and_a_change_acts_at_once() {
        AccessList list = make(AccessList.Type.ALLOW, "203.0.113.0/24");
        assertThat(admitted(ELSEWHERE)).isTrue();
        enforce(true);
        assertThat(admitted(OFFICE)).isTrue();
        assertThatThrownBy(() -> room.lists().admit(People.ANN, ELSEWHERE))
                .hasMessage("Source IP address: 198.51.100.9 is blocked by Databricks IP ACL for workspace: 1001");
        room.lists()
                .change(
                        People.ADMIN,
                        list.id(),
                        spec -> new AccessList.Spec(
                                spec.label(), spec.type(), List.of("203.0.113.7", "198.51.100.9"), true),
                        OFFICE);
        assertThat(admitted(ELSEWHERE)).isTrue();
        enforce(false);
        assertThat(admitted(address("192.0.2.1"))).isTrue();
        enforce(true);
        assertThat(admitted(address("192.0.2.1"))).isFalse();
        room.lists().delete(People.ADMIN, list.id(), OFFICE);
        assertThat(admitted(address("192.0.2.1"))).isTrue();
    }

    @Test
    void a_blocked_address_stays_out_even_if_another_list_allows_it() {
        make(AccessList.Type.ALLOW, "0.0.0.0/0");
        make(AccessList.Type.BLOCK, "198.51.100.0/28");
        enforce(true);
        assertThat(admitted(ELSEWHERE)).isFalse();
        assertThat(admitted(address("198.51.100.16"))).isTrue();
    }

    @Test
    void addresses_of_the_other_length_are_matched_by_ranges_of_their_own() {
        make(AccessList.Type.ALLOW, "2001:db8::/33", "203.0.113.7");
        enforce(true);
        assertThat(admitted(address("2001:db8:7fff::1"))).isTrue();
        assertThat(admitted(address("2001:db8:8000::1"))).isFalse();
        assertThat(admitted(ELSEWHERE)).isFalse();
    }

    @Test
    void the_machine_itself_always_comes_in_and_other_workspaces_are_open() {
        make(AccessList.Type.ALLOW, "203.0.113.7");
        enforce(true);
        assertThat(admitted(HERE)).isTrue();
        assertThat(admitted(address("::1"))).isTrue();
        room.lists().admit(People.elsewhere(People.ANN), ELSEWHERE);
    }

    @Test
    void nobody_locks_themselves_out() {
        AccessList office = make(AccessList.Type.ALLOW, "203.0.113.7");
        AccessList other = make(AccessList.Type.ALLOW, "192.0.2.1");
        assertThatThrownBy(() -> room.conf().change(People.ADMIN, Map.of("enableIpAccessLists", "true"), ELSEWHERE))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("198.51.100.9")
                .extracting(refused -> ((PlatformException) refused).code())
                .isEqualTo(ErrorCode.INVALID_STATE);
        enforce(true);
        assertThatThrownBy(() -> room.lists().delete(People.ADMIN, office.id(), OFFICE))
                .hasMessageContaining("203.0.113.7");
        assertThatThrownBy(() -> make(AccessList.Type.BLOCK, "203.0.113.0/24")).hasMessageContaining("203.0.113.7");
        assertThat(room.lists().list(People.ADMIN)).containsExactlyInAnyOrder(office, other);
        assertThat(admitted(OFFICE)).isTrue();
    }

    @Test
    void a_list_that_is_switched_off_says_nothing() {
        AccessList list = make(AccessList.Type.BLOCK, "198.51.100.9");
        enforce(true);
        assertThat(admitted(ELSEWHERE)).isFalse();
        room.lists()
                .change(
                        People.ADMIN,
                        list.id(),
                        spec -> new AccessList.Spec(spec.label(), spec.type(), spec.addresses(), false),
                        OFFICE);
        assertThat(admitted(ELSEWHERE)).isTrue();
        assertThat(told())
                .containsExactly(
                        "ip_access_list.listed " + list.id(),
                        "setting.changed enableIpAccessLists",
                        "ip_access_list.listed " + list.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "::/129",
                "x::1",
                "01.2.3.4",
                "1.2.3.4 "
            })
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> make(AccessList.Type.ALLOW, text))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("Invalid IP address or CIDR block: " + text);
    }

    @Test
    void a_workspace_has_at_most_a_thousand_addresses() {
        String[] many = IntStream.range(0, 1000)
                .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
                .toArray(String[]::new);
        make(AccessList.Type.ALLOW, many);
        assertThatThrownBy(() -> make(AccessList.Type.ALLOW, "10.1.0.0"))
                .extracting(refused -> ((PlatformException) refused).details())
                .isEqualTo(Map.of("reason", "QUOTA_EXCEEDED"));
    }

    @Test
    void only_admins_see_lists_and_nobody_those_of_another_workspace() {
        AccessList list = make(AccessList.Type.ALLOW, "203.0.113.7");
        assertThatThrownBy(() -> room.lists().list(People.ANN)).hasMessageContaining("Only admins");
        assertThatThrownBy(() -> room.lists().delete(People.ANN, list.id(), HERE))
                .hasMessageContaining("Only admins");
        assertThat(room.lists().list(People.elsewhere(People.ADMIN))).isEmpty();
        assertThatThrownBy(() -> room.lists().get(People.elsewhere(People.ADMIN), list.id()))
                .extracting(refused -> ((PlatformException) refused).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }
}
