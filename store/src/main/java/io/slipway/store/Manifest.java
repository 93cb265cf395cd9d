package io.slipway.store;

import java.util.Map;

/**
 * What a client sent to describe a thing, in the words of its API. An area keeps it beside the thing and hands it back, and never
 * looks into it: the wire that has written it reads it, and may change its form without asking the area.
 *
 * @param text empty: whoever made the thing has sent none
 * @param parts texts of the things that will be made of this one, by names that the area gives them
 */
public record Manifest(String text, Map<String, String> parts) {
    public static final Manifest NONE = new Manifest("", Map.of());

    public Manifest {
        parts = Map.copyOf(parts);
    }

    public static Manifest of(String text) {
        return new Manifest(text, Map.of());
    }

    /** Of a thing that is made of this one. */
    public Manifest part(String name) {
        return of(parts.getOrDefault(name, ""));
    }

    /** From its column. */
    public static Manifest read(String column) {
        return column.isEmpty() ? NONE : Json.read(column, Manifest.class);
    }

    /** For its column. */
    public String write() {
        return equals(NONE) ? "" : Json.write(this);
    }
}
