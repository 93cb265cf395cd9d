/** What a driver or worker is started with, and why it may not start. */
@NullMarked
package io.slipway.driver.start;

import org.jspecify.annotations.NullMarked;
