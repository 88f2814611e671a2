/** The original's endpoints of the time before the v1 API, field for field. */
@NullMarked
package org.nucleus.master.api.legacy;

import org.jspecify.annotations.NullMarked;
