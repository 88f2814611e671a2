/** Marathon's decisions: one machine that keeps apps at their counts. Knows no HTTP, no database, no clock. */
@NullMarked
package org.nucleus.marathon.core;

import org.jspecify.annotations.NullMarked;
