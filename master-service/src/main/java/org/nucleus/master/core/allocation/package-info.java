/**
 * Who is offered what: hierarchical dominant resource fairness over roles and, within a role, over frameworks. Shares
 * are arrays of thousandths; a pass looks only at agents that have something free and changed.
 */
@NullMarked
package org.nucleus.master.core.allocation;

import org.jspecify.annotations.NullMarked;
