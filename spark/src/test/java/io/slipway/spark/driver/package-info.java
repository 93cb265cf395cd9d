@NullMarked
package io.slipway.spark.driver;

import org.jspecify.annotations.NullMarked;
