/** The rules of frameworks: how they come, go, come back, and say what they want. */
@NullMarked
package org.nucleus.master.core.framework;

import org.jspecify.annotations.NullMarked;
