/** What stands in for the server and for Spark's cluster where the driver is tested. */
@NullMarked
package io.slipway.driver.standin;

import org.jspecify.annotations.NullMarked;
