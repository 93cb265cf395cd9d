/** What everybody asked of the platform and what came of it: files that only grow, and rows to search them. */
@NullMarked
package io.slipway.identity.audit;

import org.jspecify.annotations.NullMarked;
