package org.nucleus.chronos.leader;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.notice.Postbox;
import org.nucleus.chronos.scheduler.SchedulerLink;
import org.nucleus.chronos.view.ChronosView;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;

/** This process' time as leader: the running core and what it speaks through. Ends once, with the process or before. */
public final class Term implements AutoCloseable {
    private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

    private final ChronosView view;
    private final Postbox postbox;
    private final Writer<ChronosInput, Change.Durable, Effect> writer;
    private final SchedulerLink link;
    private final TimerQueue<Alarm> timers;
    private final Replies replies = new Replies();

    /** Makes a link whose inputs go where it is told. */
    public interface Links {
        SchedulerLink make(SchedulerLink.Inputs inputs);
    }

    /** Makes the writer of the core, with where its effects go. */
    public interface Writers {
        Writer<ChronosInput, Change.Durable, Effect> make(Outbound<Effect> outbound);
    }

    /** No answer came: whether the call had its effect is not known. */
    public static final class Unanswered extends RuntimeException {
        Unanswered(String message) {
            super(message);
        }
    }

    public Term(ChronosView view, InstantSource clock, Links links, Writers writers, Postbox postbox) {
        this.view = view;
        this.postbox = postbox;
        this.timers = new TimerQueue<>("chronos-timers", clock, alarm -> put(new ChronosInput.TimerFired(alarm)));
        this.link = links.make(this::put);
        this.writer = writers.make(new Deliveries(link, timers, replies));
    }

    /** Lets the core recover, then connects to the master. */
    public void begin(ChronosInput.Elected recovered) {
        timers.start();
        writer.start();
        put(recovered);
        link.subscribe(recovered.framework());
        postbox.start();
    }

    public ChronosView view() {
        return view;
    }

    public boolean isSubscribed() {
        return link.isSubscribed();
    }

    /** Inputs that wait for the core. */
    public int waiting() {
        return writer.waiting();
    }

    /**
     * Hands a call to the core and waits until what it did is durable.
     *
     * @throws Unanswered if the core is overloaded or ends meanwhile
     */
    public Answer ask(LongFunction<ChronosInput.Asked> call) {
        Replies.Ticket ticket = replies.open();
        try {
            if (!writer.offer(call.apply(ticket.request()))) {
                throw new Unanswered("Chronos has too much to do; try again");
            }
            return ticket.answer().get(ANSWER_MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unanswered("Chronos could not store this in time; look before you try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("Chronos is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are never exceptions", e);
        } finally {
            replies.close(ticket);
        }
    }

    @Override
    public void close() {
        postbox.close();
        link.close();
        timers.close();
        writer.close();
    }

    private void put(ChronosInput input) {
        try {
            writer.put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
