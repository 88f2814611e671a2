/** The life of command tasks on a running cluster, beside what the machine's fork and exec allow. */
@NullMarked
package org.nucleus.benchmarks.lifecycle;

import org.jspecify.annotations.NullMarked;
