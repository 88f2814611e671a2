/** Who calls, and what the access rules let them do. */
@NullMarked
package org.nucleus.master.access;

import org.jspecify.annotations.NullMarked;
