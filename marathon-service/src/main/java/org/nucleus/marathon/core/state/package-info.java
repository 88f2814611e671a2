/** What Marathon's core knows and says: inputs, changes, effects, and the immutable nouns they speak of. No rules. */
@NullMarked
package org.nucleus.marathon.core.state;

import org.jspecify.annotations.NullMarked;
