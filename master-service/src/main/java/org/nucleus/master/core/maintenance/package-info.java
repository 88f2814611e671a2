/** The rules of maintenance: windows in which machines are unavailable, and machines taken down and brought up. */
@NullMarked
package org.nucleus.master.core.maintenance;

import org.jspecify.annotations.NullMarked;
