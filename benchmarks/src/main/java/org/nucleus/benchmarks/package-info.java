/** What is claimed about speed, as programs that anyone can run. Results are recorded in {@code docs/benchmarks.md}. */
@NullMarked
package org.nucleus.benchmarks;

import org.jspecify.annotations.NullMarked;
