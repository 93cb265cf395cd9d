package io.slipway.store;

import io.slipway.kit.Page;
import io.slipway.kit.PageToken;
import io.slipway.kit.PageWanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads pages of a table in an order that one of its indexes has. A condition that nobody asks for does not stand in the statement:
 * databases plan for the statement, and {@code :x is null or ...} would keep them from their indexes.
 */
public final class PageQuery {
    private final String columns;
    private final String table;
    private final Order order;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A column of a list's order. Columns of one order have one direction, so that one comparison of rows says what follows. */
    public record Column(String name, boolean number) {
        public static Column number(String name) {
            return new Column(name, true);
        }

        public static Column text(String name) {
            return new Column(name, false);
        }

        Object value(String key) {
            if (!number) {
                return key;
            }
            try {
                return Long.parseLong(key);
            } catch (NumberFormatException notOurs) {
                throw PageToken.invalid();
            }
        }
    }

    /**
     * @param list stands in the tokens of the list's pages
     * @param columns which tell any two rows apart
     */
    public record Order(String list, boolean descending, List<Column> columns) {
        public static Order ascending(String list, Column... columns) {
            return new Order(list, false, List.of(columns));
        }

        public static Order descending(String list, Column... columns) {
            return new Order(list, true, List.of(columns));
        }

        public Order reversed() {
            return new Order(list, !descending, columns);
        }

        private String names() {
            return columns.stream().map(Column::name).collect(Collectors.joining(", "));
        }

        private String by(boolean down) {
            return columns.stream()
                    .map(column -> column.name() + (down ? " desc" : ""))
                    .collect(Collectors.joining(", "));
        }
    }

    public PageQuery(String columns, String table, Order order) {
        this.columns = columns;
        this.table = table;
        this.order = order;
    }

    public PageQuery where(String condition) {
        conditions.add(condition);
        return this;
    }

    /** @param condition with {@code :name}, or {@code <name>} for a collection */
    public PageQuery where(String condition, String name, Object value) {
        return where(condition).bind(name, value);
    }

    /** Limits nothing if there is no value. */
    public PageQuery where(String condition, String name, Optional<?> value) {
        value.ifPresent(present -> where(condition, name, (Object) present));
        return this;
    }

    /** Limits to what somebody may see. */
    public PageQuery where(Visible visible) {
        values.putAll(visible.values());
        return where(visible.condition());
    }

    public PageQuery bind(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Limits to rows with this text in one of the columns, whatever its case; {@code or} is a condition that does as well. */
    public PageQuery containing(String text, List<String> in, String or) {
        List<String> any = new ArrayList<>();
        for (String column : in) {
            any.add("lower(" + column + ") like :folded escape '!'");
            // SQLite folds the letters of ASCII only.
            any.add(column + " like :written escape '!'");
        }
        if (!or.isEmpty()) {
            any.add(or);
        }
        values.put("folded", pattern(text.toLowerCase(Locale.ROOT)));
        values.put("written", pattern(text));
        return where("(" + String.join(" or ", any) + ")");
    }

    private static String pattern(String text) {
        return "%" + text.replaceAll("([%_!])", "!$1") + "%";
    }

    /** @param keys of a row, one for each column of the order */
    public <T> Page<T> page(Handle handle, PageWanted wanted, RowMapper<T> mapper, Function<T, List<?>> keys) {
        Optional<PageToken> token = Optional.of(wanted.token())
                .filter(text -> !text.isEmpty())
                .map(text -> PageToken.read(text, order.list(), order.columns().size()));
        boolean backward = token.filter(PageToken::backward).isPresent();
        List<T> rows = new ArrayList<>(rows(handle, wanted, token, order.descending() != backward, mapper));
        boolean more = rows.size() > wanted.size();
        if (more) {
            rows.remove(rows.size() - 1);
        }
        if (backward) {
            Collections.reverse(rows);
        }
        if (rows.isEmpty()) {
            return Page.whole(rows);
        }
        boolean follows = backward || more;
        boolean precedes = backward ? more : token.isPresent() || wanted.offset() > 0;
        return new Page<>(
                rows,
                follows ? token(false, keys.apply(rows.get(rows.size() - 1))) : "",
                precedes ? token(true, keys.apply(rows.get(0))) : "");
    }

    private <T> List<T> rows(
            Handle handle, PageWanted wanted, Optional<PageToken> token, boolean down, RowMapper<T> mapper) {
        List<String> all = new ArrayList<>(conditions);
        token.ifPresent(unused -> all.add("(" + order.names() + ") " + (down ? "<" : ">") + " ("
                + IntStream.range(0, order.columns().size())
                        .mapToObj(i -> ":key" + i)
                        .collect(Collectors.joining(", "))
                + ")"));
        // One row more than the page has shows whether another page follows.
        String sql = "select " + columns + " from " + table + where(all) + " order by " + order.by(down)
                + " limit :pageSize" + (wanted.offset() > 0 ? " offset :pageOffset" : "");
        Query query = bound(handle, sql).bind("pageSize", wanted.size() + 1);
        token.ifPresent(place -> {
            for (int i = 0; i < order.columns().size(); i++) {
                query.bind("key" + i, order.columns().get(i).value(place.keys().get(i)));
            }
        });
        if (wanted.offset() > 0) {
            query.bind("pageOffset", wanted.offset());
        }
        return query.map(mapper).list();
    }

    /** How many rows all pages have together. */
    public long count(Handle handle) {
        return bound(handle, "select count(*) from " + table + where(conditions))
                .mapTo(Long.class)
                .one();
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private Query bound(Handle handle, String sql) {
        Query query = handle.createQuery(sql);
        values.forEach((name, value) -> {
            if (value instanceof Collection<?> many) {
                query.bindList(name, List.copyOf(many));
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }

    private String token(boolean backward, List<?> keys) {
        return new PageToken(
                        order.list(),
                        backward,
                        keys.stream().map(String::valueOf).toList())
                .text();
    }
}
