package io.slipway.wire.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What a route is called in the audit log: as the table {@code actions.txt} says, else a name made of its path, so that no route is
 * without one and none is called otherwise tomorrow.
 */
public final class ActionNames {
    private static final Pattern VERSION = Pattern.compile(" /(?:api|ajax-api)/(\\d)\\.\\d/(?:preview/)?");
    private static final Pattern BREAK = Pattern.compile("[-_.]+(\\w)");

    private final Map<String, Name> table;
    private final Map<String, Name> found = new ConcurrentHashMap<>();

    /** @param service as audit logs of Databricks call it, as the action */
    public record Name(String service, String action) {
        /** Of what no route has. */
        static final Name NO_ROUTE = new Name("unknown", "noRoute");
    }

    private ActionNames(Map<String, Name> table) {
        this.table = Map.copyOf(table);
    }

    public static ActionNames bundled() {
        try (InputStream in = ActionNames.class.getResourceAsStream("actions.txt")) {
            if (in == null) {
                throw new IllegalStateException("actions.txt is missing");
            }
            Map<String, Name> table = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split("\\s*\\|\\s*", -1)))
                    .forEach(row -> table.put(row.get(0), new Name(row.get(1), row.get(2))));
            return new ActionNames(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The routes that the table has. */
    public Set<String> routes() {
        return table.keySet();
    }

    /** Versions of one API have one name. */
    public static String plain(String route) {
        return VERSION.matcher(route).replaceFirst(" /api/$1.x/").replace("/api/1.x/", "/api/1.2/");
    }

    /** @param route method and path; empty: none has it */
    public Name of(String route) {
        return route.isEmpty() ? Name.NO_ROUTE : found.computeIfAbsent(route, this::named);
    }

    private Name named(String route) {
        String plain = plain(route);
        Name name = table.get(plain);
        return name == null ? derived(plain) : name;
    }

    private static Name derived(String plain) {
        String[] parts = plain.split(" ", 2);
        List<String> steps = new ArrayList<>();
        boolean one = false;
        for (String step : parts[1].split("/", -1)) {
            boolean variable = step.startsWith("{") || step.startsWith(":");
            one = variable;
            if (!step.isEmpty() && !variable && !step.equals("api") && !step.matches("v?\\d(\\.[x\\d])?")) {
                steps.add(camel(step));
            }
        }
        if (steps.isEmpty()) {
            return new Name("unknown", verb(parts[0], one));
        }
        String service = steps.get(0).equals("uiApi") ? "webapp" : steps.get(0);
        List<String> rest = new ArrayList<>(steps.subList(1, steps.size()));
        boolean says = (parts[0].equals("POST") && !one && !rest.isEmpty()) || verbs(rest);
        StringBuilder action = new StringBuilder(says ? "" : verb(parts[0], one));
        rest.forEach(step -> action.append(action.isEmpty() ? step : capital(step)));
        return new Name(service, action.toString());
    }

    /** Whether the path says itself what is done: {@code clusters/list-zones}, {@code jobs/get}. */
    private static boolean verbs(List<String> rest) {
        return !rest.isEmpty() && rest.get(rest.size() - 1).matches("(list|get|read|export|exists|search)([A-Z].*)?");
    }

    private static String verb(String method, boolean one) {
        return switch (method) {
            case "GET" -> one ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "replace";
            case "PATCH" -> "update";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private static String camel(String step) {
        if (step.startsWith(".")) {
            return camel(step.substring(1));
        }
        return BREAK.matcher(step).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static String capital(String step) {
        return step.substring(0, 1).toUpperCase(Locale.ROOT) + step.substring(1);
    }
}
