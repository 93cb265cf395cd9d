package io.slipway.wire.databricks.permission;

import io.slipway.identity.Caller;
import io.slipway.identity.Guarded;
import io.slipway.kit.PlatformException;

/**
 * A type of things that the permissions API 2.0 knows.
 *
 * @param path of the type in addresses: {@code clusters}
 * @param type as replies call it: {@code cluster}
 * @param finder finds one that the caller may know of
 */
public record Shareable(String path, String type, Finder finder) {
    /** Finds a thing by the id that clients give. */
    public interface Finder {
        Guarded find(Caller caller, String id);
    }

    /** Finds a thing by a number. */
    public interface ByNumber {
        Guarded find(Caller caller, long id);
    }

    public static Shareable numbered(String path, String type, ByNumber finder) {
        return new Shareable(path, type, (caller, id) -> finder.find(caller, number(type, id)));
    }

    private static long number(String type, String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("'" + id + "' is not an id of a " + type + ".");
        }
    }
}
