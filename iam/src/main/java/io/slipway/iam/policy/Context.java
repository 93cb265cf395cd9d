package io.slipway.iam.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a request besides action and resource: values by the names of condition keys, which have no case.
 *
 * <p>One that is made of others keeps them as they are, since a request is made for each call, and few of its values are asked for.
 */
public final class Context {
    public static final Context EMPTY = new Context(Map.of(), Optional.empty(), Optional.empty());

    /** Never changed once it is here. */
    private final Map<String, List<String>> values;

    /** What counts for names that are not among the values. */
    private final Optional<Context> rest;

    /** What follows from these counts last. */
    private final Optional<Asking> asking;

    /** Who asks, and whose the thing is. What follows from them is found out once, if somebody asks about it. */
    private static final class Asking {
        private final Requester requester;
        private final Optional<AccountId> owner;
        private volatile Optional<Map<String, List<String>>> values = Optional.empty();

        Asking(Requester requester, Optional<AccountId> owner) {
            this.requester = requester;
            this.owner = owner;
        }

        Map<String, List<String>> values() {
            Optional<Map<String, List<String>>> known = values;
            if (known.isEmpty()) {
                Map<String, List<String>> found = new HashMap<>();
                requester.describe((name, value) -> found.put(name, List.of(value)));
                owner.ifPresent(account -> found.put("aws:resourceaccount", List.of(account.digits())));
                known = Optional.of(found);
                values = known;
            }
            return known.get();
        }
    }

    private Context(Map<String, List<String>> values, Optional<Context> rest, Optional<Asking> asking) {
        this.values = values;
        this.rest = rest;
        this.asking = asking;
    }

    public static Context of(Map<String, ? extends Collection<String>> values) {
        Map<String, List<String>> named = new HashMap<>();
        values.forEach((name, all) -> named.put(name(name), List.copyOf(all)));
        return new Context(named, Optional.empty(), Optional.empty());
    }

    /** With one value more; one of the same name goes. */
    public Context with(String name, String... all) {
        Map<String, List<String>> named = new HashMap<>(values);
        named.put(name(name), List.of(all));
        return new Context(named, rest, asking);
    }

    /** These, and those of the other that are not here. */
    public Context or(Context other) {
        return new Context(values, Optional.of(rest.isPresent() ? rest.get().or(other) : other), asking);
    }

    /** With what follows from whoever asks and from whose the thing is, where it does not say so itself. */
    Context with(Requester requester, Optional<AccountId> owner) {
        return new Context(values, rest, Optional.of(new Asking(requester, owner)));
    }

    static String name(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Empty: there is none. By the name in small letters. */
    List<String> all(String name) {
        for (Context each = this; ; each = each.rest.get()) {
            List<String> said = each.values.get(name);
            if (said != null) {
                return said;
            }
            if (each.rest.isEmpty()) {
                return asking.isPresent() ? asking.get().values().getOrDefault(name, List.of()) : List.of();
            }
        }
    }

    /** Variables stand for keys with one value only. */
    Optional<String> single(String name) {
        List<String> all = all(name);
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Whether there is a value. */
    public boolean has(String name) {
        return !all(name(name)).isEmpty();
    }

    @Override
    public String toString() {
        return values + rest.map(each -> " or " + each).orElse("");
    }
}
