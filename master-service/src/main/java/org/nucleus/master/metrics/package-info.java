/** What is counted: under the original's names, and for Prometheus. */
@NullMarked
package org.nucleus.master.metrics;

import org.jspecify.annotations.NullMarked;
