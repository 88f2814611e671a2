/** Edits of the tree of apps and groups: what is allowed, what becomes of versions and ports, which deployment follows. */
@NullMarked
package org.nucleus.marathon.core.group;

import org.jspecify.annotations.NullMarked;
