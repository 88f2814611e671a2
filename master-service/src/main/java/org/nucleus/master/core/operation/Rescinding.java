package org.nucleus.master.core.operation;

import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MadeOffer;

/** How an outstanding offer is taken back: the rules of offers know it, which themselves perform operations. */
public interface Rescinding {
    void rescind(MadeOffer offer, Frame frame);
}
