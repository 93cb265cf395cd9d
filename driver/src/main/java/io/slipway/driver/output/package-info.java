/** What commands put out and how the server hears of it: frames, and the journal that keeps them until they are acknowledged. */
@NullMarked
package io.slipway.driver.output;

import org.jspecify.annotations.NullMarked;
