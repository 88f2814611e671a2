/** Who may see and change what: users with rights per group. */
@NullMarked
package org.nucleus.marathon.access;

import org.jspecify.annotations.NullMarked;
