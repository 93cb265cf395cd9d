/** What Spark is doing: jobs of a command, executors, failures. */
@NullMarked
package io.slipway.driver.watch;

import org.jspecify.annotations.NullMarked;
