/**
 * Living notebooks: the server holds their cells, outputs and runs, and everybody who has one open sees the same. {@link
 * io.slipway.content.notebook.Notebooks} is the door. What browsers say and hear is in docs/protocols/notebook.md.
 */
@NullMarked
package io.slipway.content.notebook;

import org.jspecify.annotations.NullMarked;
