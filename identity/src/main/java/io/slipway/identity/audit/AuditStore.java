package io.slipway.identity.audit;

import io.slipway.identity.audit.AuditEntry.Outcome;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code audit} and {@code audit_position}. */
final class AuditStore {
    private static final PageQuery.Order NEWEST =
            PageQuery.Order.descending("audit", PageQuery.Column.number("at"), PageQuery.Column.number("seq"));
    private static final long HOUR = 3_600_000L;
    private static final int LONGEST_SUBJECT = 500;

    /** An entry that is not a row yet. */
    record Unread(AuditEntry entry, String line) {}

    private record Condition(String sql, String name, Object value) {}

    AuditFiles.Position position(Handle handle) {
        return handle.createQuery("select file, bytes from audit_position where only_row = 1")
                .map((row, context) -> new AuditFiles.Position(row.getString("file"), row.getLong("bytes")))
                .findOne()
                .orElse(AuditFiles.Position.START);
    }

    void move(Handle handle, AuditFiles.Position to) {
        handle.createUpdate("""
                        insert into audit_position (only_row, file, bytes) values (1, :file, :bytes)
                        on conflict (only_row) do update set file = :file, bytes = :bytes
                        """)
                .bind("file", to.file())
                .bind("bytes", to.bytes())
                .execute();
    }

    void insert(Handle handle, List<Unread> entries) {
        if (entries.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into audit (request_id, at, workspace_id, actor, address, service, action, outcome, subject, line)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        for (Unread each : entries) {
            AuditEntry entry = each.entry();
            batch.bind(0, entry.requestId())
                    .bind(1, entry.at())
                    .bind(2, entry.workspace().number())
                    .bind(3, entry.who().name().orElse(""))
                    .bind(4, entry.who().address())
                    .bind(5, entry.what().service())
                    .bind(6, entry.what().action())
                    .bind(7, word(entry.outcome()))
                    .bind(8, subject(entry))
                    .bind(9, each.line())
                    .add();
        }
        batch.execute();
    }

    /** Gives a call its end that was there without one. False: it was not. */
    boolean end(Handle handle, Unread ended) {
        return handle.createUpdate("""
                                update audit set outcome = :outcome, actor = :actor, subject = :subject, line = :line
                                where request_id = :id and outcome = 'unknown'
                                """)
                        .bind("outcome", word(ended.entry().outcome()))
                        .bind("actor", ended.entry().who().name().orElse(""))
                        .bind("subject", subject(ended.entry()))
                        .bind("line", ended.line())
                        .bind("id", ended.entry().requestId())
                        .execute()
                > 0;
    }

    Page<AuditRow> page(Handle handle, WorkspaceId workspace, AuditFilter filter, PageWanted wanted) {
        PageQuery query = new PageQuery("seq, line", "audit", NEWEST);
        conditions(workspace, filter).forEach(each -> query.where(each.sql(), each.name(), each.value()));
        return query.page(
                handle,
                wanted,
                (row, context) -> row(row),
                found -> List.of(found.entry().at(), found.seq()));
    }

    private static AuditRow row(ResultSet row) throws SQLException {
        String line = row.getString("line");
        return new AuditRow(row.getLong("seq"), AuditLine.read(line).orElseThrow(), line);
    }

    List<AuditHour> hours(Handle handle, WorkspaceId workspace, AuditFilter filter) {
        Map<Long, Map<Outcome, Long>> hours = new TreeMap<>();
        query(
                        handle,
                        "select at / " + HOUR + " as hour, outcome, count(*) as calls from audit where ",
                        conditions(workspace, filter),
                        " group by at / " + HOUR + ", outcome")
                .map((row, context) -> hours.computeIfAbsent(
                                row.getLong("hour") * HOUR, unused -> new EnumMap<>(Outcome.class))
                        .put(outcome(row.getString("outcome")), row.getLong("calls")))
                .list();
        return hours.entrySet().stream()
                .map(each -> new AuditHour(each.getKey(), each.getValue()))
                .toList();
    }

    /** How many there are after one, at most so many, but for what {@code actor} has asked of {@code service}. */
    int newer(Handle handle, WorkspaceId workspace, AuditFilter filter, long after, Asking but, int most) {
        List<Condition> conditions = conditions(workspace, filter);
        conditions.add(new Condition("seq > :after", "after", after));
        conditions.add(new Condition("not (service = :service and actor = :asking)", "service", but.service()));
        return query(handle, "select count(*) from (select seq from audit where ", conditions, " limit :most) as fresh")
                .bind("asking", but.actor())
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }

    /** Whose calls to what. */
    record Asking(String actor, String service) {}

    private static Query query(Handle handle, String before, List<Condition> conditions, String after) {
        Query query = handle.createQuery(
                before + conditions.stream().map(Condition::sql).collect(Collectors.joining(" and ")) + after);
        for (Condition each : conditions) {
            if (each.value() instanceof List<?> many) {
                query.bindList(each.name(), many);
            } else {
                query.bind(each.name(), each.value());
            }
        }
        return query;
    }

    private static List<Condition> conditions(WorkspaceId workspace, AuditFilter filter) {
        List<Condition> all = new ArrayList<>();
        all.add(new Condition("workspace_id = :workspace", "workspace", workspace.number()));
        filter.from().ifPresent(from -> all.add(new Condition("at >= :from", "from", from)));
        filter.to().ifPresent(to -> all.add(new Condition("at < :to", "to", to)));
        filter.actor().ifPresent(actor -> all.add(new Condition("actor = :actor", "actor", actor)));
        filter.service().ifPresent(service -> all.add(new Condition("service = :of", "of", service)));
        filter.action().ifPresent(action -> all.add(new Condition("action = :action", "action", action)));
        filter.address().ifPresent(address -> all.add(new Condition("address = :address", "address", address)));
        if (!filter.outcomes().isEmpty()) {
            all.add(new Condition(
                    "outcome in (<outcomes>)",
                    "outcomes",
                    filter.outcomes().stream().map(AuditStore::word).sorted().toList()));
        }
        filter.text()
                .ifPresent(text -> all.add(new Condition(
                        "(lower(subject) like :text escape '!' or request_id like :text escape '!')",
                        "text",
                        "%" + text.toLowerCase(Locale.ROOT).replaceAll("([%_!])", "!$1") + "%")));
        return all;
    }

    /** Of the oldest, those before this time. */
    int forget(Handle handle, long before, int most) {
        return handle.createUpdate(
                        "delete from audit where seq in (select seq from audit order by seq limit :most) and at < :before")
                .bind("most", most)
                .bind("before", before)
                .execute();
    }

    /** What was asked for, as people search for it: ids and names, in small letters of their own. */
    private static String subject(AuditEntry entry) {
        String names = entry.what().parameters().entrySet().stream()
                .filter(each -> names(each.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        String all = entry.response()
                .flatMap(AuditEntry.Response::result)
                .map(result -> names + " " + result)
                .orElse(names);
        return all.length() <= LONGEST_SUBJECT ? all : all.substring(0, LONGEST_SUBJECT);
    }

    private static boolean names(String parameter) {
        String small = parameter.toLowerCase(Locale.ROOT);
        return small.endsWith("id")
                || small.endsWith("name")
                || small.endsWith("path")
                || small.endsWith("scope")
                || small.endsWith("key")
                || small.endsWith("principal");
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Outcome outcome(String word) {
        return Outcome.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
