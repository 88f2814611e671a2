/** The master's machine: what it decides, from inputs to changes and effects. Pure: no I/O, no clock, no thread. */
@NullMarked
package org.nucleus.master.core;

import org.jspecify.annotations.NullMarked;
