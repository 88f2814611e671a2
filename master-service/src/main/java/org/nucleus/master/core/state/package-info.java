/**
 * What the master's machine is told ({@link org.nucleus.master.core.state.MasterInput}), decides
 * ({@link org.nucleus.master.core.state.Change}), sends ({@link org.nucleus.master.core.state.Effect}) and knows
 * ({@link org.nucleus.master.core.state.MasterState}). No rules: those are in the packages beside it, one per noun.
 */
@NullMarked
package org.nucleus.master.core.state;

import org.jspecify.annotations.NullMarked;
