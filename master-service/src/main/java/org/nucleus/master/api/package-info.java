/** What every door of the master does first and last: is this the leader, and how does a machine's effect reach its peer. */
@NullMarked
package org.nucleus.master.api;

import org.jspecify.annotations.NullMarked;
