/** What operators, exporters and pages ask of masters and agents. */
@NullMarked
package org.nucleus.conformance.operator;

import org.jspecify.annotations.NullMarked;
