/** The door of browsers to open notebooks: one WebSocket for each tab, and revisions. Described in docs/protocols/notebook.md. */
@NullMarked
package io.slipway.wire.ui.notebook;

import org.jspecify.annotations.NullMarked;
