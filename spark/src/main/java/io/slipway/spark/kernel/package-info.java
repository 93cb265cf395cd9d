/**
 * Contexts and commands: what API 1.2, job tasks and notebooks have in common. A context is a session on a cluster's driver with
 * its kernels; a command is one piece of code that runs in it. Outputs are stored here as they arrive.
 */
@NullMarked
package io.slipway.spark.kernel;

import org.jspecify.annotations.NullMarked;
