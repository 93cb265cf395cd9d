/** The world outside the platform, made up by hand: time, threads, machines and Spark drivers that do as a test says. */
@NullMarked
package io.slipway.platform.testing;

import org.jspecify.annotations.NullMarked;
