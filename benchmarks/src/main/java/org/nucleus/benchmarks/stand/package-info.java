/** What a measurement stands on: a fresh database, masters as processes of their own, and what they cost. */
@NullMarked
package org.nucleus.benchmarks.stand;

import org.jspecify.annotations.NullMarked;
