package io.slipway.iam.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known of a request besides action and resource: values by the names of condition keys, which have no case. */
public final class Context {
    public static final Context EMPTY = new Context(Map.of());

    /** Never changed once it is here. */
    private final Map<String, List<String>> values;

    private Context(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Context of(Map<String, ? extends Collection<String>> values) {
        Map<String, List<String>> named = new HashMap<>();
        values.forEach((name, all) -> named.put(name(name), List.copyOf(all)));
        return new Context(named);
    }

    /** With one value more; one of the same name goes. */
    public Context with(String name, String... all) {
        Map<String, List<String>> named = new HashMap<>(values);
        named.put(name(name), List.of(all));
        return new Context(named);
    }

    /** These, and those of the other that are not here. */
    public Context or(Context other) {
        Map<String, List<String>> named = new HashMap<>(other.values);
        named.putAll(values);
        return new Context(named);
    }

    /** With what follows from whoever asks and from whose the thing is, where it does not say so itself. */
    Context with(Requester requester, Optional<AccountId> owner) {
        Map<String, List<String>> named = new HashMap<>(values);
        requester.describe((name, value) -> named.putIfAbsent(name, List.of(value)));
        owner.ifPresent(account -> named.putIfAbsent("aws:resourceaccount", List.of(account.digits())));
        return new Context(named);
    }

    static String name(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Empty: there is none. By the name in small letters. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
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
        return values.toString();
    }
}
