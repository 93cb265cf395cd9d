/** The world outside the platform, made up by hand: machines and Spark drivers that do as a test says. */
@NullMarked
package io.slipway.spark.testing;

import org.jspecify.annotations.NullMarked;
