/** What a master must not forget, as its machine asks for it; knows nothing of tables. */
@NullMarked
package org.nucleus.master.registry;

import org.jspecify.annotations.NullMarked;
