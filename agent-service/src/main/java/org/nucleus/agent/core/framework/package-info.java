/** Rules for frameworks that have tasks here. */
@NullMarked
package org.nucleus.agent.core.framework;

import org.jspecify.annotations.NullMarked;
