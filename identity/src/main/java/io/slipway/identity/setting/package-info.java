/** What the admins of a workspace set for everybody in it: settings by key, and from where it may be reached. */
@NullMarked
package io.slipway.identity.setting;

import org.jspecify.annotations.NullMarked;
