/** What notebooks know as {@code dbutils}; Scala and Python call the same objects. */
@NullMarked
package io.slipway.driver.dbutils;

import org.jspecify.annotations.NullMarked;
