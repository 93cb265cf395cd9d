/** Where rows live: the database behind every room, its migrations, the event log and JSON documents. */
@NullMarked
package io.slipway.store;

import org.jspecify.annotations.NullMarked;
