/** Commands, and what the kernels that run them share. */
@NullMarked
package io.slipway.driver.command;

import org.jspecify.annotations.NullMarked;
