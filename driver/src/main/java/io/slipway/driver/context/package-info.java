/** Contexts: each a Spark session with its kernels and its commands. */
@NullMarked
package io.slipway.driver.context;

import org.jspecify.annotations.NullMarked;
