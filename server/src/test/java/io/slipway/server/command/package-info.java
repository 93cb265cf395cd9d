@NullMarked
package io.slipway.server.command;

import org.jspecify.annotations.NullMarked;
