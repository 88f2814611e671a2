package org.apache.mesos.state;

import java.util.Iterator;
import java.util.concurrent.Future;

/** What the states of the original have in common: their type. */
public abstract class AbstractState implements State {
    @Override
    public abstract Future<Variable> fetch(String name);

    @Override
    public abstract Future<Variable> store(Variable variable);

    @Override
    public abstract Future<Boolean> expunge(Variable variable);

    @Override
    public abstract Future<Iterator<String>> names();
}
