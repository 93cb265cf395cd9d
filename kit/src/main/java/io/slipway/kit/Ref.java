package io.slipway.kit;

/**
 * Names anything: in facts, permissions, owners of commands.
 *
 * @param id unique among things of its kind
 */
public record Ref(Kind kind, String id) {
    public static Ref of(Kind kind, String id) {
        return new Ref(kind, id);
    }

    public static Ref of(Kind kind, long id) {
        return new Ref(kind, String.valueOf(id));
    }

    /** The id of a thing whose ids are numbers. */
    public long number() {
        return Long.parseLong(id);
    }

    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
