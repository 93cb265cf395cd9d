/** The web application's own door: sessions, its files, and what no public API tells. Described in docs/protocols/ui.md. */
@NullMarked
package io.slipway.wire.ui;

import org.jspecify.annotations.NullMarked;
