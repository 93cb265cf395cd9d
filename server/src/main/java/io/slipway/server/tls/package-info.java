/** Certificates: those that are given, those of the platform's own authority, and which is shown to whoever comes. */
@NullMarked
package io.slipway.server.tls;

import org.jspecify.annotations.NullMarked;
