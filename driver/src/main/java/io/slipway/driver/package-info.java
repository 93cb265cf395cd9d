/** The Spark driver and worker processes: start, configuration, shutdown. */
@NullMarked
package io.slipway.driver;

import org.jspecify.annotations.NullMarked;
