package io.slipway.kit.testing;

/**
 * A point between two steps of the platform at which the world may move: a test throws there what a broken machine would, ends the
 * server, or acts as a user who comes at the worst moment.
 */
@FunctionalInterface
public interface Seam {
    Seam QUIET = where -> {};

    /** @param where for instance {@code before acquire} */
    void at(String where);
}
