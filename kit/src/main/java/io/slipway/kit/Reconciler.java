package io.slipway.kit;

/**
 * Brings things of one kind from what they are to what they shall be.
 *
 * @param <K> names one thing, for instance a cluster id
 */
public interface Reconciler<K> {
    /** One pass: compare, take one safe step, say whether to look again. Must be safe to repeat after a crash at any point. */
    Outcome reconcile(K key);

    /** Everything that is not at rest, read from the database: what a restarted server has to look at. */
    Iterable<K> unfinished();
}
