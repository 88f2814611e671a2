/** What readers see: immutable pictures of the core's state, and figures made from its steps. */
@NullMarked
package org.nucleus.agent.view;

import org.jspecify.annotations.NullMarked;
