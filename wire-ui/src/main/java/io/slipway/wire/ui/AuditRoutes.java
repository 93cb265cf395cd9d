package io.slipway.wire.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.identity.audit.AuditEntry;
import io.slipway.identity.audit.AuditEntry.Outcome;
import io.slipway.identity.audit.AuditFilter;
import io.slipway.identity.audit.AuditHour;
import io.slipway.identity.audit.AuditRow;
import io.slipway.identity.audit.Audits;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** The audit log of a workspace, and of the account: pages of it, how many calls there were, all that is wanted as a file. */
public final class AuditRoutes {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final Audits audits;
    private final Credentials account;

    /** @param account finds who asks the account */
    public AuditRoutes(Audits audits, Credentials account) {
        this.audits = audits;
        this.account = account;
    }

    public void add(UiApi ui) {
        lines(ui, "/ui-api/audit");
        lines(new UiApi(ui.routes(), account), "/ui-api/account/audit");
    }

    private void lines(UiApi ui, String path) {
        ui.family(path)
                .get("", this::list)
                .get("/hours", this::hours)
                .get("/newer", this::newer)
                .get("/download", this::download);
    }

    record Filter(
            Optional<Long> from,
            Optional<Long> to,
            Optional<String> actor,
            Optional<String> service,
            Optional<String> action,
            Optional<String> outcome,
            Optional<String> address,
            Optional<String> text,
            Optional<Integer> pageSize,
            Optional<String> pageToken,
            Optional<Long> after) {
        AuditFilter wanted() {
            return new AuditFilter(
                    from, to, given(actor), given(service), given(action), outcomes(), given(address), given(text));
        }

        private static Optional<String> given(Optional<String> text) {
            return text.map(String::strip).filter(value -> !value.isEmpty());
        }

        private Set<Outcome> outcomes() {
            return given(outcome).stream()
                    .flatMap(words -> Arrays.stream(words.split(",", -1)))
                    .map(Filter::outcome)
                    .collect(Collectors.toSet());
        }

        private static Outcome outcome(String word) {
            return Arrays.stream(Outcome.values())
                    .filter(known -> word(known).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> PlatformException.invalid("outcome must be ok, refused, failed or unknown."));
        }
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    record Shown(
            long seq,
            long at,
            String requestId,
            Optional<String> actor,
            String address,
            String userAgent,
            Optional<String> session,
            String credentials,
            String service,
            String action,
            String route,
            String outcome,
            Optional<Integer> status,
            Optional<String> error,
            Optional<String> result,
            Map<String, String> parameters) {
        static Shown of(AuditRow row) {
            AuditEntry entry = row.entry();
            AuditEntry.Who who = entry.who();
            AuditEntry.What what = entry.what();
            return new Shown(
                    row.seq(),
                    entry.at(),
                    entry.requestId(),
                    who.name(),
                    who.address(),
                    who.userAgent(),
                    who.session(),
                    who.credentials(),
                    what.service(),
                    what.action(),
                    what.route(),
                    word(entry.outcome()),
                    entry.response().map(AuditEntry.Response::status),
                    entry.response().flatMap(AuditEntry.Response::error),
                    entry.response().flatMap(AuditEntry.Response::result),
                    what.parameters());
        }
    }

    record Listed(List<Shown> entries, Optional<String> nextPageToken) {}

    private Object list(Request request) {
        Filter asked = request.query(Filter.class);
        int size = asked.pageSize().orElse(USUAL);
        if (size < 1 || size > MOST) {
            throw PlatformException.invalid("page_size must be between 1 and " + MOST + ".");
        }
        Page<AuditRow> page = audits.list(
                request.caller(),
                asked.wanted(),
                PageWanted.at(asked.pageToken().orElse(""), size));
        return new Listed(
                page.items().stream().map(Shown::of).toList(),
                Optional.of(page.next()).filter(token -> !token.isEmpty()));
    }

    record Hour(long at, Map<String, Long> calls) {
        static Hour of(AuditHour hour) {
            return new Hour(
                    hour.at(),
                    hour.calls().entrySet().stream()
                            .collect(Collectors.toMap(each -> word(each.getKey()), Map.Entry::getValue)));
        }
    }

    private Object hours(Request request) {
        return Map.of(
                "hours",
                audits.hours(request.caller(), request.query(Filter.class).wanted()).stream()
                        .map(Hour::of)
                        .toList());
    }

    private Object newer(Request request) {
        Filter asked = request.query(Filter.class);
        return Map.of(
                "count",
                audits.newer(request.caller(), asked.wanted(), asked.after().orElse(0L)));
    }

    /** All that is wanted, newest first, each as it stands in the files. */
    private Object download(Request request) {
        AuditFilter wanted = request.query(Filter.class).wanted();
        Page<AuditRow> first = audits.list(request.caller(), wanted, PageWanted.first(MOST));
        request.context().clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.parse("application/x-ndjson; charset=utf-8"))
                .add(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"")
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        request.context().blockingTaskExecutor().execute(() -> write(request, wanted, first, writer));
        return writer;
    }

    private void write(Request request, AuditFilter wanted, Page<AuditRow> first, HttpResponseWriter writer) {
        try {
            Page<AuditRow> page = first;
            while (writer.tryWrite(HttpData.ofUtf8(
                    page.items().stream().map(row -> row.line() + "\n").collect(Collectors.joining())))) {
                if (page.next().isEmpty()) {
                    writer.close();
                    return;
                }
                writer.whenConsumed().join();
                page = audits.list(request.caller(), wanted, PageWanted.at(page.next(), MOST));
            }
        } catch (PlatformException | CompletionException e) {
            writer.close(e);
        }
    }
}
