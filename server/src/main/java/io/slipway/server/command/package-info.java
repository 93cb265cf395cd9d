/** The operator's commands: one class each, over files of the home and the platform's own REST API. */
@NullMarked
package io.slipway.server.command;

import org.jspecify.annotations.NullMarked;
