/** Jobs as the original writes them in JSON; the store keeps them in the same form. */
@NullMarked
package org.nucleus.chronos.json;

import org.jspecify.annotations.NullMarked;
