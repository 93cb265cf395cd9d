/**
 * The runtime store: which Spark, Delta, Java and Python libraries belong together, how they get onto a machine, and how its
 * processes are started. Everything is pinned by hash in a lock file; nothing of the machine is used but a Python interpreter.
 */
@NullMarked
package io.slipway.runtime;

import org.jspecify.annotations.NullMarked;
