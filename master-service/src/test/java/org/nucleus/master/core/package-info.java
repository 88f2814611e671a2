/** Tests of the master's machine: transcripts in {@code scenarios/}, tables, and the order of fairness. */
@NullMarked
package org.nucleus.master.core;

import org.jspecify.annotations.NullMarked;
