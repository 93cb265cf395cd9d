/** Contexts, the commands that run in them, and the frames they leave. */
@NullMarked
package io.slipway.driver.command;

import org.jspecify.annotations.NullMarked;
