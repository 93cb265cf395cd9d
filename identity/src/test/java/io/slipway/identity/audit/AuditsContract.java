package io.slipway.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.Principal;
import io.slipway.identity.audit.AuditEntry.Outcome;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log in any database. */
@NullUnmarked
abstract class AuditsContract {
    /** 2023-11-14, 22:13:20. */
    private static final long NOW = 1_700_000_000_000L;

    private static final Caller ADMIN = admin(WorkspaceId.FIRST);
    private static final Caller USER =
            Caller.user(WorkspaceId.FIRST, new Principal(new PrincipalId(8), "user"), Set.of());

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(NOW);
    private Database database;
    private Base base;
    private FakeTimer timer;
    private AuditRoom room;
    private int count;

    abstract Database open(Path folder);

    private static Caller admin(WorkspaceId workspace) {
        return Caller.user(workspace, new Principal(new PrincipalId(7), "admin"), Set.of(PrincipalId.ADMINS));
    }

    @BeforeEach
    void start() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        timer = new FakeTimer(clock);
        room = room(AuditFiles.LARGEST);
    }

    @AfterEach
    void close() throws IOException {
        room.close();
        timer.close();
        database.close();
    }

    private AuditRoom room(long largest) {
        return new AuditRoom(
                base, new Permissions(), new AuditRoom.Place(files(), "account", timer, Runnable::run), largest);
    }

    private Path files() {
        return folder.resolve("audit");
    }

    private AuditEntry call(String action, Map<String, String> parameters) {
        return call(action, "POST /" + action, WorkspaceId.FIRST, parameters);
    }

    private AuditEntry call(String action, String route, WorkspaceId workspace, Map<String, String> parameters) {
        return new AuditEntry(
                "request-" + ++count,
                clock.millis(),
                workspace,
                new AuditEntry.Who(Optional.of("ann"), "203.0.113.7", "curl/8", Optional.empty(), "token"),
                new AuditEntry.What("clusters", action, route, parameters),
                Optional.empty());
    }

    private static AuditEntry ended(AuditEntry call, int status) {
        return call.ended(
                new AuditEntry.Response(status, status < 400 ? Optional.empty() : Optional.of("no"), Optional.empty()));
    }

    /** One that changes something, from its beginning to its end. */
    private void done(String action, int status) {
        AuditEntry call = call(action, Map.of());
        room.trail().write(call);
        room.trail().write(ended(call, status));
    }

    private List<String> found(AuditFilter filter) {
        return room.audits().list(ADMIN, filter, PageWanted.first(100)).items().stream()
                .map(row -> row.entry().what().action() + " " + row.entry().outcome())
                .toList();
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> all = Files.list(files())) {
            return all.map(Path::getFileName).sorted().toList();
        }
    }

    @Test
    void a_call_is_one_row_from_its_beginning_to_its_end() {
        AuditEntry call = call("create", Map.of("cluster_name", "c"));
        room.trail().write(call);
        assertThat(found(AuditFilter.ALL)).containsExactly("create UNKNOWN");
        room.trail().write(ended(call, 200));
        assertThat(found(AuditFilter.ALL)).containsExactly("create OK");
        AuditRow row = room.audits()
                .list(ADMIN, AuditFilter.ALL, PageWanted.first(1))
                .items()
                .get(0);
        assertThat(row.entry()).isEqualTo(ended(call, 200));
    }

    @Test
    void a_line_has_the_fields_of_databricks_audit_logs() throws Exception {
        AuditEntry call = call("create", Map.of("cluster_name", "c"));
        room.trail()
                .write(call.ended(new AuditEntry.Response(200, Optional.empty(), Optional.of("cluster_id=1-2-abc"))));
        assertThat(Files.readString(files().resolve("2023-11-14.jsonl"))).isEqualTo("""
                        {"version":"2.0","auditLevel":"WORKSPACE_LEVEL","timestamp":1700000000000,"orgId":"1001",\
                        "shardName":"slipway","accountId":"account","sourceIPAddress":"203.0.113.7","userAgent":"curl/8",\
                        "sessionId":null,"userIdentity":{"email":"ann"},"serviceName":"clusters","actionName":"create",\
                        "requestId":"request-1","requestParams":{"cluster_name":"c"},\
                        "response":{"statusCode":200,"errorMessage":null,"result":"cluster_id=1-2-abc"},\
                        "route":"POST /create","credentials":"token"}
                        """);
    }

    @Test
    void only_admins_of_the_workspace_see_what_was_asked_in_it() {
        done("create", 200);
        room.trail().write(ended(call("setAdmin", "POST /x", WorkspaceId.ACCOUNT, Map.of()), 200));
        assertThatThrownBy(() -> room.audits().list(USER, AuditFilter.ALL, PageWanted.first(1)))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        assertThatThrownBy(() -> room.audits().newer(USER, AuditFilter.ALL, 0)).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> room.audits().hours(USER, AuditFilter.ALL.between(0, 1)))
                .isInstanceOf(PlatformException.class);
        assertThat(found(AuditFilter.ALL)).containsExactly("create OK");
        assertThat(room.audits()
                        .list(admin(new WorkspaceId(2002)), AuditFilter.ALL, PageWanted.first(1))
                        .items())
                .isEmpty();
        assertThat(room.audits()
                        .list(admin(WorkspaceId.ACCOUNT), AuditFilter.ALL, PageWanted.first(1))
                        .items())
                .singleElement()
                .satisfies(row -> assertThat(row.entry().what().action()).isEqualTo("setAdmin"));
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest_and_miss_none() {
        IntStream.range(0, 25).forEach(i -> {
            if (i % 3 == 0) {
                clock.advance(Duration.ofMillis(1));
            }
            done("a" + i, 200);
        });
        Page<AuditRow> page = room.audits().list(ADMIN, AuditFilter.ALL, PageWanted.first(10));
        int seen = 24;
        while (true) {
            for (AuditRow row : page.items()) {
                assertThat(row.entry().what().action()).isEqualTo("a" + seen--);
            }
            if (page.next().isEmpty()) {
                break;
            }
            // What comes meanwhile shifts nothing.
            done("later", 200);
            page = room.audits().list(ADMIN, AuditFilter.ALL, PageWanted.at(page.next(), 10));
        }
        assertThat(seen).isEqualTo(-1);
    }

    @Test
    void filters_find_who_what_when_from_where_and_with_what_end() {
        room.trail().write(ended(call("create", Map.of("cluster_id", "1128-Abc_1")), 200));
        clock.advance(Duration.ofHours(2));
        room.trail().write(ended(call("delete", Map.of("cluster_id", "1128-abcx1")), 403));
        room.trail().write(ended(call("edit", Map.of()), 400));
        AuditFilter all = AuditFilter.ALL;
        assertThat(found(all.of(Outcome.REFUSED))).containsExactly("delete REFUSED");
        assertThat(found(all.of(Outcome.FAILED, Outcome.OK))).containsExactly("edit FAILED", "create OK");
        assertThat(found(all.between(NOW, NOW + 1))).containsExactly("create OK");
        assertThat(found(text("c_1"))).containsExactly("create OK");
        assertThat(found(text("1128"))).hasSize(2);
        assertThat(found(text("request-3"))).containsExactly("edit FAILED");
        assertThat(found(who("bob", "203.0.113.7"))).isEmpty();
        assertThat(found(who("ann", "203.0.113.7"))).hasSize(3);
        assertThat(found(who("ann", "203.0.113.8"))).isEmpty();
    }

    private static AuditFilter text(String text) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("clusters"),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.of(text));
    }

    private static AuditFilter who(String actor, String address) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(actor),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(address),
                Optional.empty());
    }

    @Test
    void calls_are_counted_by_hours_and_ends() {
        done("a", 200);
        done("b", 403);
        clock.advance(Duration.ofHours(1));
        done("c", 500);
        List<AuditHour> hours = room.audits().hours(ADMIN, AuditFilter.ALL.between(NOW - 1, NOW + 10_000_000));
        long first = NOW / 3_600_000 * 3_600_000;
        assertThat(hours)
                .containsExactly(
                        new AuditHour(first, Map.of(Outcome.OK, 1L, Outcome.REFUSED, 1L)),
                        new AuditHour(first + 3_600_000, Map.of(Outcome.FAILED, 1L)));
    }

    @Test
    void what_is_newer_is_counted_but_for_the_readers_own_reading() {
        done("a", 200);
        long seen = room.audits()
                .list(ADMIN, AuditFilter.ALL, PageWanted.first(1))
                .items()
                .get(0)
                .seq();
        room.trail()
                .write(new AuditEntry(
                        "own",
                        clock.millis(),
                        WorkspaceId.FIRST,
                        new AuditEntry.Who(Optional.of("admin"), "::1", "", Optional.empty(), "session"),
                        new AuditEntry.What(Audits.SERVICE, "list", "GET /ui-api/audit", Map.of()),
                        Optional.of(new AuditEntry.Response(200, Optional.empty(), Optional.empty()))));
        assertThat(room.audits().newer(ADMIN, AuditFilter.ALL, seen)).isZero();
        done("b", 200);
        done("c", 403);
        assertThat(room.audits().newer(ADMIN, AuditFilter.ALL, seen)).isEqualTo(2);
        assertThat(room.audits().newer(ADMIN, AuditFilter.ALL.of(Outcome.REFUSED), seen))
                .isEqualTo(1);
    }

    @Test
    void rows_are_there_a_second_later_without_a_question() {
        done("a", 200);
        assertThat(rows()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(rows()).isEqualTo(1);
    }

    private int rows() {
        return database.read(handle -> handle.createQuery("select count(*) from audit")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void whatever_the_server_dies_of_each_call_is_copied_once() throws Exception {
        AuditEntry begun = call("killed", Map.of());
        IntStream.range(0, 700).forEach(i -> done("a" + i, 200));
        room.trail().write(begun);
        // Killed: nothing is closed, and half a line is there.
        Files.writeString(
                files().resolve("2023-11-14.jsonl"),
                "{\"version\":\"2.0\",\"requestId\":\"to",
                StandardOpenOption.APPEND);
        AuditRoom next = room(AuditFiles.LARGEST);
        assertThat(next.audits()
                        .list(ADMIN, AuditFilter.ALL, PageWanted.first(1))
                        .items())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.entry().what().action()).isEqualTo("killed");
                    assertThat(row.entry().outcome()).isEqualTo(Outcome.UNKNOWN);
                });
        room = next;
        done("after", 200);
        assertThat(found(AuditFilter.ALL)).startsWith("after OK", "killed UNKNOWN", "a699 OK");
        assertThat(rows()).isEqualTo(702);
        // Another life finds nothing left.
        room = room(AuditFiles.LARGEST);
        assertThat(found(AuditFilter.ALL)).hasSize(100);
        assertThat(rows()).isEqualTo(702);
    }

    @Test
    void rows_and_place_are_written_together_or_not_at_all() {
        database.change(tx -> tx.sql().execute("alter table audit_position rename to gone"));
        done("a", 200);
        assertThatThrownBy(() -> room.audits().list(ADMIN, AuditFilter.ALL, PageWanted.first(1)))
                .isInstanceOf(RuntimeException.class);
        assertThat(rows()).isZero();
        database.change(tx -> tx.sql().execute("alter table gone rename to audit_position"));
        assertThat(found(AuditFilter.ALL)).containsExactly("a OK");
    }

    @Test
    void files_are_for_a_day_and_not_too_large_and_nobody_elses() throws Exception {
        room = room(1_000);
        IntStream.range(0, 3).forEach(i -> done("a" + i, 200));
        clock.advance(Duration.ofDays(1));
        done("next", 200);
        assertThat(names()).map(Path::toString).contains("2023-11-14.jsonl", "2023-11-14.2.jsonl", "2023-11-15.jsonl");
        for (Path name : names()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(found(AuditFilter.ALL)).containsExactly("next OK", "a2 OK", "a1 OK", "a0 OK");
        room = room(1_000);
        done("again", 200);
        assertThat(found(AuditFilter.ALL)).startsWith("again OK", "next OK").hasSize(5);
    }

    @Test
    void what_is_old_goes_from_the_rows_and_the_files() throws Exception {
        done("old", 200);
        done("old", 200);
        clock.jump(Duration.ofDays(2));
        done("new", 200);
        long before = clock.millis() - Duration.ofDays(1).toMillis();
        assertThat(room.audits().forget(before, 10)).isFalse();
        assertThat(names()).as("not copied yet").hasSize(2);
        assertThat(found(AuditFilter.ALL)).containsExactly("new OK", "old OK", "old OK");
        assertThat(room.audits().forget(before, 1)).isTrue();
        assertThat(room.audits().forget(before, 1)).isTrue();
        assertThat(room.audits().forget(before, 1)).isFalse();
        assertThat(names()).map(Path::toString).containsExactly("2023-11-16.jsonl");
        assertThat(found(AuditFilter.ALL)).containsExactly("new OK");
    }

    @Test
    void what_cannot_be_written_is_refused() throws Exception {
        done("a", 200);
        clock.advance(Duration.ofDays(1));
        Files.createDirectory(files().resolve("2023-11-15.jsonl"));
        assertThatThrownBy(() -> done("b", 200)).isInstanceOfSatisfying(PlatformException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(e.message()).startsWith("The audit log cannot be written");
        });
        Files.delete(files().resolve("2023-11-15.jsonl"));
        done("c", 200);
        assertThat(found(AuditFilter.ALL)).containsExactly("c OK", "a OK");
    }

    @Test
    void long_and_odd_texts_are_kept_as_far_as_they_fit() {
        Map<String, String> many = new LinkedHashMap<>();
        IntStream.range(0, 50).forEach(i -> many.put("p" + i, "x".repeat(5_000)));
        room.trail().write(ended(call("long", many), 200));
        room.trail().write(ended(call("odd", Map.of("path", "a\0b\ud800c\n\"")), 200));
        List<AuditRow> rows =
                room.audits().list(ADMIN, AuditFilter.ALL, PageWanted.first(9)).items();
        assertThat(rows.get(0).entry().what().parameters()).isEqualTo(Map.of("path", "a\ufffdb\ufffdc\n\""));
        assertThat(rows.get(1).line()).hasSizeLessThan(20_000);
        assertThat(rows.get(1).entry().what().parameters()).containsKey("TRUNCATED");
        assertThat(rows.get(1).entry().what().parameters().get("p1"))
                .hasSize(1_013)
                .endsWith("... truncated");
    }
}
