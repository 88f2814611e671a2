/** The leading master's process: its settings, and the one place that knows every room. */
@NullMarked
package org.nucleus.master;

import org.jspecify.annotations.NullMarked;
